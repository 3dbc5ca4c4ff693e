package dev.crmcore.jdbc;

import dev.crmcore.context.CrmException;
import dev.crmcore.context.StoreException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a database's refusal means. Our messages name the operation and the SQL state and quote nothing of the database's
 * message, which may hold values; in the cause it stays only where it holds none.
 */
final class Failures {

    private final Dialect dialect;

    Failures(Dialect dialect) {
        this.dialect = dialect;
    }

    CrmException of(String what, SQLException e) {
        return of(what, e, dialect);
    }

    static CrmException of(String what, SQLException e, @Nullable Dialect dialect) {
        SQLException cause = telling(e);
        boolean isTransient = dialect == null ? Dialect.mayPass(cause) : dialect.isTransient(cause);
        return new StoreException(
                "could not " + what + " (SQL state " + cause.getSQLState() + ", code " + cause.getErrorCode() + ")",
                isTransient,
                WithheldValues.in(cause));
    }

    /** The refusal of a unique key or a primary key, null for any other. */
    @Nullable
    SQLException duplicate(SQLException e) {
        SQLException cause = telling(e);
        return dialect.isDuplicate(cause) ? cause : null;
    }

    /** In a batch, what went wrong first; elsewhere the exception itself. */
    private static SQLException telling(SQLException e) {
        SQLException next = e.getNextException();
        return e instanceof java.sql.BatchUpdateException && next != null ? next : e;
    }
}
