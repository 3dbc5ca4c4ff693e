package dev.crmcore.jdbc;

import dev.crmcore.context.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;

/** The databases that the adapter understands. */
public enum Database {
    /** H2 2.x, embedded or as a server. */
    H2(new H2Dialect()),
    /** PostgreSQL 14 and newer, in a database with the encoding UTF-8. */
    POSTGRESQL(new PostgreSqlDialect());

    @SuppressWarnings("ImmutableEnumChecker") // dialects have no state
    private final Dialect dialect;

    Database(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The database behind a connection, by the product name that its driver gives.
     *
     * @param connection the connection
     * @return the database
     * @throws SQLException if the driver cannot tell
     * @throws StoreException if the adapter does not understand it
     */
    public static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(database -> database.dialect.name().equals(product.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new StoreException("the adapter does not know the database " + product, false, null));
    }

    Dialect dialect() {
        return dialect;
    }
}
