/**
 * A store on any database behind JDBC, such as H2 and PostgreSQL.
 *
 * <p>A host hands in its {@code DataSource}, with or without a pool, and gets a store that creates its tables and
 * keeps them up to date:
 *
 * <pre>{@code
 * JdbcDataSource dataSource = new JdbcDataSource();
 * dataSource.setURL("jdbc:h2:./crm");
 * Crm crm = Crm.on(JdbcStore.open(dataSource));
 * }</pre>
 *
 * <p>A host with transactions of its own implements {@link dev.crmcore.jdbc.ConnectionProvider} in a few lines; what the
 * store writes is then committed or rolled back with the host's own work.
 *
 * <p>Each type has a table {@code crm_<type>} with {@code tenant}, {@code id}, {@code version} and one typed column for
 * each field, and a side table {@code crm_<type>_<set>} for each set-valued field, so that reports and other programs can
 * read them. A field that is named like one of the store's own columns has a {@code $} after its name; on H2 a column
 * that ends in {@code $key} sorts the text beside it. Nobody but the store should write them.
 */
@NullMarked
package dev.crmcore.jdbc;

import org.jspecify.annotations.NullMarked;
