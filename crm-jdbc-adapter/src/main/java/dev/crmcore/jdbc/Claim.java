package dev.crmcore.jdbc;

import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.store.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes work that nobody else has, without waiting for those who hold some.
 *
 * @param <T> the record
 */
final class Claim<T> {

    private final ConditionSql.Scope scope;
    private final Connection connection;
    private final EntityTable<T> table;
    private final Query<T> query;
    private final Lease lease;
    private final String leaseUntil;

    Claim(ConditionSql.Scope scope, Connection connection, EntityTable<T> table, Query<T> query, Lease lease) {
        this.scope = scope;
        this.connection = connection;
        this.table = table;
        this.query = query;
        this.lease = new Lease(
                lease.owner(),
                lease.now().truncatedTo(ChronoUnit.MICROS),
                lease.until().truncatedTo(ChronoUnit.MICROS).isAfter(lease.now().truncatedTo(ChronoUnit.MICROS))
                        ? lease.until().truncatedTo(ChronoUnit.MICROS)
                        : lease.until());
        this.leaseUntil = scope.dialect().quote("lease_until");
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    private String id() {
        return "t." + dialect().quote("id");
    }

    List<UUID> take() throws SQLException {
        List<UUID> taken = dialect().locksWithinLimit() ? lockAll() : lockOneByOne();
        lease(taken);
        return taken;
    }

    private QuerySql<T> parts() {
        return new QuerySql<>(scope, table, query, "t");
    }

    private Sql free() {
        Sql sql = new Sql().add("select " + id() + " from " + table.name() + " t");
        parts().after(parts().whereAlone(sql));
        return sql.add(" and (t." + leaseUntil + " is null or t." + leaseUntil + " <= ")
                .add(dialect().value(ScalarKind.INSTANT, lease.now()))
                .add(")");
    }

    private List<UUID> lockAll() throws SQLException {
        Sql sql = free();
        parts().limit(parts().orderBy(sql));
        return ids(sql.add(" for update of t skip locked"));
    }

    private List<UUID> ids(Sql sql) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** For databases that lock what they look at before they count: candidates first, then each by its id. */
    private List<UUID> lockOneByOne() throws SQLException {
        List<UUID> taken = new ArrayList<>();
        long page = Math.min(Integer.MAX_VALUE, 2L * query.limit() + 16);
        long offset = 0;
        List<UUID> candidates;
        do {
            Sql sql = parts().orderBy(free());
            candidates = ids(
                    sql.add(" limit ").add(Binding.number(page)).add(" offset ").add(Binding.number(offset)));
            for (UUID candidate : candidates) {
                if (taken.size() < query.limit() && lock(candidate)) {
                    taken.add(candidate);
                }
            }
            offset += page;
        } while (taken.size() < query.limit() && candidates.size() == page);
        return taken;
    }

    private boolean lock(UUID candidate) throws SQLException {
        Sql sql = free().add(" and " + id() + " = ").add(Binding.object(candidate));
        return !ids(sql.add(" for update skip locked")).isEmpty();
    }

    private void lease(List<UUID> taken) throws SQLException {
        if (taken.isEmpty()) {
            return;
        }
        String version = dialect().quote("version");
        String sql = "update " + table.name() + " set " + dialect().quote("lease_owner") + " = ?, " + leaseUntil
                + " = ?, " + version + " = " + version + " + 1 where "
                + scope.tables().log().tenant() + " = ? and " + dialect().quote("id") + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (UUID id : taken) {
                statement.setString(1, lease.owner());
                statement.setObject(2, Dialect.utc(lease.until()));
                statement.setString(3, scope.tenant());
                statement.setObject(4, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
