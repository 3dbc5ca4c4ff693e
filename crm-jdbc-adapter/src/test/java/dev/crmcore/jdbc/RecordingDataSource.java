package dev.crmcore.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Counts what is sent to a database, and on demand fails the n-th of it before it gets there. What is counted is what
 * costs a round trip on a server: executions, a batch as one, and whatever ends or marks a transaction.
 */
final class RecordingDataSource {

    private static final Set<String> TRANSACTION = Set.of("commit", "rollback", "setSavepoint", "releaseSavepoint");

    private final DataSource target;
    private final List<String> sent = new ArrayList<>();
    private int failAt = Integer.MAX_VALUE;
    private int open;

    RecordingDataSource(DataSource target) {
        this.target = target;
    }

    DataSource dataSource() {
        return new DelegatingDataSource(target, this::recorded);
    }

    /** Forgets what was sent; the n-th thing from now on fails as a broken connection does, and all after it too. */
    void failAt(int n) {
        sent.clear();
        failAt = n;
    }

    /** Forgets what was sent; nothing fails. */
    void reset() {
        failAt(Integer.MAX_VALUE);
    }

    /** What was sent: the SQL of statements, the names of what ends or marks a transaction. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** How many statements were sent, without what ends or marks a transaction. */
    long statements() {
        return sent.stream().filter(what -> !TRANSACTION.contains(what)).count();
    }

    boolean hasFailed() {
        return sent.size() >= failAt;
    }

    int openConnections() {
        return open;
    }

    private void send(String what) throws SQLException {
        sent.add(what);
        // After the failure nothing gets through but the way back, as on a connection that the server has not yet lost
        if (sent.size() == failAt) {
            throw new SQLException("connection lost on purpose", "08006");
        }
    }

    private Connection recorded(Connection connection) {
        open++;
        return proxy(Connection.class, (method, args) -> {
            String name = method.getName();
            if (name.equals("prepareStatement")) {
                return recorded((PreparedStatement) invoke(connection, method, args), (String) args[0]);
            } else if (name.equals("createStatement")) {
                return recorded((Statement) invoke(connection, method, args));
            } else if (TRANSACTION.contains(name)) {
                send(name);
            } else if (name.equals("close")) {
                open--;
            }
            return invoke(connection, method, args);
        });
    }

    private PreparedStatement recorded(PreparedStatement statement, String sql) {
        return proxy(PreparedStatement.class, (method, args) -> {
            if (method.getName().startsWith("execute")) {
                send(sql);
            }
            return invoke(statement, method, args);
        });
    }

    private Statement recorded(Statement statement) {
        return proxy(Statement.class, (method, args) -> {
            if (method.getName().startsWith("execute")) {
                send(String.valueOf(args[0]));
            }
            return invoke(statement, method, args);
        });
    }

    @FunctionalInterface
    private interface Call {
        Object on(Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> call.on(method, args)));
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
