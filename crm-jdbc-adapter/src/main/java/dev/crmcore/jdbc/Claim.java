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
import java.util.Set;
import java.util.UUID;

/**
 * Takes work that nobody else has, without waiting for those who hold some.
 *
 * @param <T> the record
 */
final class Claim<T> {

    private static final int MOST_AT_ONCE = 1_000;

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
        List<UUID> taken = dialect().locksWithinLimit() ? lockAll() : lockCandidates();
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

    /** For databases that lock what they look at before they count: candidates first, then as many as are wanted by id. */
    private List<UUID> lockCandidates() throws SQLException {
        List<UUID> taken = new ArrayList<>();
        long page = Math.min(Integer.MAX_VALUE, 2L * query.limit() + 16);
        long offset = 0;
        List<UUID> candidates;
        do {
            Sql sql = parts().orderBy(free());
            candidates = ids(
                    sql.add(" limit ").add(Binding.number(page)).add(" offset ").add(Binding.number(offset)));
            lockSome(candidates, taken);
            offset += page;
        } while (taken.size() < query.limit() && candidates.size() == page);
        return taken;
    }

    /** In one statement, unless others hold some of them: then the next ones take their place. */
    private void lockSome(List<UUID> candidates, List<UUID> taken) throws SQLException {
        int from = 0;
        while (taken.size() < query.limit() && from < candidates.size()) {
            int wanted = Math.min(query.limit() - taken.size(), MOST_AT_ONCE);
            List<UUID> next = candidates.subList(from, Math.min(candidates.size(), from + wanted));
            Set<UUID> locked = Set.copyOf(lock(next));
            next.stream().filter(locked::contains).forEach(taken::add);
            from += next.size();
        }
    }

    private List<UUID> lock(List<UUID> candidates) throws SQLException {
        Sql sql = free().add(" and " + id() + " in (");
        for (int i = 0; i < candidates.size(); i++) {
            sql.add(i == 0 ? "" : ", ").add(Binding.object(candidates.get(i)));
        }
        return ids(sql.add(") for update skip locked"));
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
