package dev.crmcore.jdbc;

import dev.crmcore.context.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies numbered scripts to a database, forward only, each once. What was applied stands in the table {@code
 * crm_schema_history} with a checksum: a script that was changed after it was applied is refused.
 *
 * <pre>{@code
 * SchemaMigration migration = SchemaMigration.shipped(ConnectionProvider.of(dataSource));
 * System.out.println(migration.pendingSql());   // for whoever applies definitions by hand
 * migration.apply();
 * }</pre>
 *
 * <p>On PostgreSQL a script is applied in one transaction, whole or not at all, and others that migrate the same schema
 * wait. H2 commits after each definition: there the history counts the statements that were done, and a migration that
 * was cut off goes on after them, with the definition that was perhaps done and not yet counted: in a script for H2 each
 * definition is one that may be repeated ({@code if not exists}). Through an H2 server ({@code jdbc:h2:tcp:} or {@code
 * ssl:}) a migration takes a second connection, which holds a row of the table {@code crm_migration_row}, so that other
 * processes wait. A database file that one process opens and shares with others ({@code AUTO_SERVER}) looks to it like its
 * own: there the others have to be started when the first has its tables.
 *
 * <p>Immutable and thread-safe.
 */
public final class SchemaMigration {

    static final String HISTORY = "crm_schema_history";

    private final ConnectionProvider connections;
    private final List<SchemaScript> scripts;
    private final ReentrantLock inProcess;

    private SchemaMigration(ConnectionProvider connections, List<SchemaScript> scripts, ReentrantLock inProcess) {
        this.connections = Objects.requireNonNull(connections, "connections");
        this.scripts = scripts;
        this.inProcess = inProcess;
    }

    /** The same migration as another process runs it, which waits for this one at the database alone. */
    SchemaMigration inOtherProcess() {
        return new SchemaMigration(connections, scripts, new ReentrantLock());
    }

    /**
     * The migration to the tables of this version of the library.
     *
     * @param connections where connections come from; the host's transaction is not joined
     * @return the migration
     * @throws StoreException if the database cannot be reached or is not known
     */
    public static SchemaMigration shipped(ConnectionProvider connections) {
        try (OwnConnection own = OwnConnection.open(connections, false, null)) {
            return of(connections, SchemaScript.shipped(Database.of(own.connection())));
        } catch (SQLException e) {
            throw Failures.of("look at the database", e, null);
        }
    }

    /**
     * A migration with scripts of a host's own, whose numbers must not meet those of the library: from 10,000 on.
     *
     * @param connections where connections come from; the host's transaction is not joined
     * @param scripts the scripts, in any order
     * @return the migration
     * @throws IllegalArgumentException if two scripts have one number
     */
    public static SchemaMigration of(ConnectionProvider connections, List<SchemaScript> scripts) {
        TreeMap<Integer, SchemaScript> byVersion = new TreeMap<>();
        for (SchemaScript script : scripts) {
            if (byVersion.put(script.version(), script) != null) {
                throw new IllegalArgumentException("two scripts have number " + script.version());
            }
        }
        return new SchemaMigration(connections, List.copyOf(byVersion.values()), MigrationTurn.IN_PROCESS);
    }

    /**
     * Applies the scripts that the database does not have.
     *
     * @return how many were applied
     * @throws StoreException if the database refuses one, or one was changed after it was applied
     */
    public int apply() {
        return inTurn("migrate", history -> {
            int applied = 0;
            for (SchemaScript script : scripts) {
                Applied before = history.requireUnchanged(script);
                if (before == null || !before.complete()) {
                    history.run(script, before);
                    applied++;
                }
            }
            return applied;
        });
    }

    /**
     * Notes scripts as applied without running them: for a database that got its tables another way.
     *
     * @param version the greatest number that is noted
     * @return how many were noted
     * @throws StoreException if one was changed after it was applied, or is applied in part
     */
    public int baseline(int version) {
        return inTurn("note a baseline", history -> {
            int noted = 0;
            for (SchemaScript script : scripts) {
                if (script.version() <= version && history.requireUnchanged(script) == null) {
                    history.note(script, script.statements().size());
                    noted++;
                }
            }
            history.connection.commit();
            return noted;
        });
    }

    /**
     * The scripts that the database does not have, or not whole.
     *
     * @return the scripts in the order of their numbers
     * @throws StoreException if one was changed after it was applied
     */
    public List<SchemaScript> pending() {
        return inTurn("read the history", history -> {
            List<SchemaScript> pending = new ArrayList<>();
            for (SchemaScript script : scripts) {
                Applied before = history.requireUnchanged(script);
                if (before == null || !before.complete()) {
                    pending.add(script);
                }
            }
            return pending;
        });
    }

    /**
     * What {@link #apply} would run, for whoever applies definitions by hand and notes them with {@link #baseline}.
     *
     * @return the text of all pending scripts, empty where there is none
     */
    public String pendingSql() {
        return pending().stream()
                .map(script -> "-- " + script.fileName() + "\n" + script.sql())
                .collect(Collectors.joining("\n"));
    }

    @FunctionalInterface
    private interface Work<R> {
        R on(History history) throws SQLException;
    }

    @SuppressWarnings("try") // the turn is held, not used
    private <R> R inTurn(String what, Work<R> work) {
        try (MigrationTurn turn = MigrationTurn.take(connections, inProcess);
                OwnConnection own = OwnConnection.open(connections, false, null)) {
            Dialect dialect = Database.of(own.connection()).dialect();
            try {
                History history = new History(own.connection(), dialect);
                history.open();
                return work.on(history);
            } catch (SQLException e) {
                throw Failures.of(what, e, dialect);
            }
        } catch (SQLException e) {
            throw Failures.of(what, e, null);
        }
    }

    /**
     * A line of the history.
     *
     * @param checksum of the script as it was applied
     * @param statements how many of its statements were done
     * @param complete whether these are all
     */
    private record Applied(String checksum, int statements, boolean complete) {}

    private static final class History {

        private final Connection connection;
        private final Dialect dialect;
        private final String table;

        History(Connection connection, Dialect dialect) {
            this.connection = connection;
            this.dialect = dialect;
            this.table = dialect.quote(HISTORY);
        }

        private String column(String name) {
            return dialect.quote(name);
        }

        void open() throws SQLException {
            lock();
            execute("create table if not exists " + table + " (" + column("version") + " integer primary key, "
                    + column("name") + " character varying(200) not null, " + column("checksum")
                    + " character varying(64) not null, " + column("statements") + " integer not null, "
                    + column("complete") + " boolean not null, " + column("applied_at")
                    + " timestamp with time zone default current_timestamp not null)");
        }

        /** Held until the transaction ends; a script is one transaction, and takes it again. */
        private void lock() throws SQLException {
            String lock = dialect.migrationLock();
            if (lock != null) {
                execute(lock);
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private @Nullable Applied find(int version) throws SQLException {
            String sql = "select " + column("checksum") + ", " + column("statements") + ", " + column("complete")
                    + " from " + table + " where " + column("version") + " = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, version);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? new Applied(rows.getString(1), rows.getInt(2), rows.getBoolean(3)) : null;
                }
            }
        }

        @Nullable
        Applied requireUnchanged(SchemaScript script) throws SQLException {
            Applied applied = find(script.version());
            if (applied != null && !applied.checksum().equals(script.checksum())) {
                throw new StoreException(script + " was changed after it was applied", false, null);
            }
            return applied;
        }

        /** Runs a script's statements, or those that are left, and counts them where each commits by itself. */
        void run(SchemaScript script, @Nullable Applied before) throws SQLException {
            List<String> statements = script.statements();
            int from = before == null ? 0 : before.statements();
            if (before == null && !dialect.hasTransactionalDdl()) {
                note(script, 0);
                connection.commit();
            }
            for (int i = from; i < statements.size(); i++) {
                execute(statements.get(i));
                if (!dialect.hasTransactionalDdl()) {
                    count(script, i + 1, false);
                    connection.commit();
                }
            }
            if (dialect.hasTransactionalDdl()) {
                note(script, statements.size());
            } else {
                count(script, statements.size(), true);
            }
            connection.commit();
            lock();
        }

        void note(SchemaScript script, int done) throws SQLException {
            String sql = "insert into " + table + " (" + column("version") + ", " + column("name") + ", "
                    + column("checksum") + ", " + column("statements") + ", " + column("complete")
                    + ") values (?, ?, ?, ?, ?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, script.version());
                statement.setString(2, script.name());
                statement.setString(3, script.checksum());
                statement.setInt(4, done);
                statement.setBoolean(5, done == script.statements().size());
                statement.executeUpdate();
            }
        }

        private void count(SchemaScript script, int done, boolean complete) throws SQLException {
            String sql = "update " + table + " set " + column("statements") + " = ?, " + column("complete")
                    + " = ? where " + column("version") + " = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, done);
                statement.setBoolean(2, complete);
                statement.setInt(3, script.version());
                statement.executeUpdate();
            }
        }
    }
}
