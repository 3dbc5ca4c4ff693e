package dev.crmcore.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.Crm;
import dev.crmcore.jdbc.JdbcStore;
import java.nio.file.Path;

/** Where the records are kept. */
final class StoreLocation {

    private static final String H2 = "h2:";
    private static final String H2_FILE = ".mv.db";
    private static final int CONNECTIONS = 2;

    private final String name;
    private final String url;

    private StoreLocation(String name, String url) {
        this.name = name;
        this.url = url;
    }

    static StoreLocation parse(String text) {
        if (text.equals("memory")) {
            return new StoreLocation(text, "");
        } else if (text.startsWith("jdbc:")) {
            return new StoreLocation(withoutSettings(text), text);
        } else if (text.startsWith(H2) && text.length() > H2.length()) {
            return h2(Path.of(text.substring(H2.length())));
        }
        throw new IllegalArgumentException(text);
    }

    /** A database in one file, which is made when it is opened for the first time. */
    static StoreLocation h2(Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        if (path.indexOf(';') >= 0) {
            // H2 would read settings behind it
            throw new IllegalArgumentException(path);
        }
        String base = path.endsWith(H2_FILE) ? path.substring(0, path.length() - H2_FILE.length()) : path;
        return new StoreLocation(H2 + file, "jdbc:h2:file:" + base);
    }

    /** Settings may hold a password, which nobody wants on a screen. */
    private static String withoutSettings(String url) {
        return url.split("[?;]", 2)[0];
    }

    /** Opens the library there, with its tables where they are missing. */
    OpenCrm open() {
        if (url.isEmpty()) {
            Crm crm = Crm.inMemory();
            return new OpenCrm(crm, false, crm::close);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(CONNECTIONS);
        HikariDataSource dataSource = new HikariDataSource(pool);
        try {
            JdbcStore store = JdbcStore.open(dataSource, Crm.catalog());
            Crm crm = Crm.on(store);
            return new OpenCrm(crm, !store.tenants().isEmpty(), () -> {
                crm.close();
                dataSource.close();
            });
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    /** As the command line names it, without user and password. */
    @Override
    public String toString() {
        return name;
    }

    /** An open library, whether it had records before, and what must be closed after it. */
    record OpenCrm(Crm crm, boolean used, Runnable closing) implements AutoCloseable {

        @Override
        public void close() {
            closing.run();
        }
    }
}
