package dev.crmcore.bench;

import dev.crmcore.bench.Client.ClientId;
import dev.crmcore.bench.Client.Contact;
import dev.crmcore.value.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The JDBC that one writes by hand for clients and their contacts, in the tables that the adapter made. */
final class ClientStatements {

    private static final String INSERT = """
            insert into crm_client (tenant, id, version, client_number, email, given_name, family_name, company, phone,
              city, country, stage, birth_date, credit, created_at, updated_at, body, body_schema)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String INSERT_CONTACT = """
            insert into crm_client_contacts (tenant, owner, ordinal, kind, address, preferred)
            values (?, ?, ?, ?, ?, ?)""";
    private static final String FIND = """
            select c.version, c.client_number, c.email, c.given_name, c.family_name, c.company, c.phone, c.city,
              c.country, c.stage, c.birth_date, c.credit, c.created_at, c.updated_at, c.body, k.kind, k.address,
              k.preferred
            from crm_client c left join crm_client_contacts k on k.tenant = c.tenant and k.owner = c.id
            where c.tenant = ? and c.id = ? order by k.ordinal""";

    static final long FIRST_VERSION = 1;

    private final String tenant;

    ClientStatements(String tenant) {
        this.tenant = tenant;
    }

    void insert(Connection connection, Client client) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            bind(statement, client);
            int unused = statement.executeUpdate();
        }
        insertContacts(connection, List.of(client));
    }

    void insertAll(Connection connection, List<Client> clients) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Client client : clients) {
                bind(statement, client);
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
        insertContacts(connection, clients);
    }

    private void insertContacts(Connection connection, List<Client> clients) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CONTACT)) {
            for (Client client : clients) {
                List<Contact> contacts = client.contacts();
                for (int i = 0; i < contacts.size(); i++) {
                    statement.setString(1, tenant);
                    statement.setObject(2, client.id().value());
                    statement.setInt(3, i);
                    statement.setString(4, contacts.get(i).kind());
                    statement.setString(5, contacts.get(i).address());
                    statement.setBoolean(6, contacts.get(i).preferred());
                    statement.addBatch();
                }
            }
            int[] unused = statement.executeBatch();
        }
    }

    private void bind(PreparedStatement statement, Client client) throws SQLException {
        statement.setString(1, tenant);
        statement.setObject(2, client.id().value());
        statement.setLong(3, FIRST_VERSION);
        statement.setString(4, client.number());
        statement.setString(5, client.email());
        statement.setString(6, client.givenName());
        statement.setString(7, client.familyName());
        statement.setString(8, client.company());
        statement.setString(9, client.phone());
        statement.setString(10, client.city());
        statement.setString(11, client.country());
        statement.setString(12, client.stage());
        statement.setObject(13, client.birthDate());
        statement.setBigDecimal(14, client.credit());
        statement.setObject(15, client.createdAt().atOffset(ZoneOffset.UTC));
        statement.setObject(16, client.updatedAt().atOffset(ZoneOffset.UTC));
        statement.setString(17, client.notes().toJson());
        statement.setInt(18, 1);
    }

    Client find(Connection connection, ClientId id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setObject(2, id.value());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no client " + id);
                }
                return read(rows, id);
            }
        }
    }

    private static Client read(ResultSet rows, ClientId id) throws SQLException {
        List<Contact> contacts = new ArrayList<>(2);
        Client client = new Client(
                id,
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                rows.getString(9),
                rows.getString(10),
                rows.getObject(11, LocalDate.class),
                rows.getBigDecimal(12).stripTrailingZeros(),
                instant(rows, 13),
                instant(rows, 14),
                contacts,
                JsonObject.parse(rows.getString(15)));
        do {
            if (rows.getString(16) != null) {
                contacts.add(new Contact(rows.getString(16), rows.getString(17), rows.getBoolean(18)));
            }
        } while (rows.next());
        return client;
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Every row and column that there is, in the order of the ids. */
    static List<String> dump(Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String query : List.of(
                "select * from crm_client order by id", "select * from crm_client_contacts order by owner, ordinal")) {
            try (PreparedStatement statement = connection.prepareStatement(query);
                    ResultSet found = statement.executeQuery()) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int c = 1; c <= columns; c++) {
                        row.append(found.getString(c)).append('|');
                    }
                    rows.add(row.toString());
                }
            }
        }
        return rows;
    }
}
