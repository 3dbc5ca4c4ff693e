package dev.crmcore.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database said, fit to be the cause of our exceptions, which hosts log: a refused key or value is quoted in the
 * messages of both databases, and PostgreSQL's driver quotes all values of a batch that stopped.
 */
final class WithheldValues {

    /**
     * Classes of SQL states that tell of connections, permissions, locks, limits, statements and the server, never of
     * values; H2's own codes from 90000 are among them.
     */
    private static final Set<String> WITHOUT_VALUES =
            Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "90", "HY");

    private WithheldValues() {}

    /** The exception itself where its message holds no values; else one of the same state, code and place. */
    static SQLException in(SQLException e) {
        if (!(e instanceof BatchUpdateException) && isWithoutValues(e.getSQLState())) {
            return e;
        }
        SQLException safe = new SQLException(
                "the database refused with SQL state " + e.getSQLState() + ", code " + e.getErrorCode()
                        + " (values withheld)",
                e.getSQLState(),
                e.getErrorCode());
        safe.setStackTrace(e.getStackTrace());
        return safe;
    }

    private static boolean isWithoutValues(@Nullable String state) {
        return state != null && state.length() == 5 && WITHOUT_VALUES.contains(state.substring(0, 2));
    }
}
