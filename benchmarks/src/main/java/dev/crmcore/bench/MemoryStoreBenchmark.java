package dev.crmcore.bench;

import dev.crmcore.bench.Client.ClientId;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.memory.MemoryStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding and changing records in memory, beside bare maps, which promise nothing but the entry. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class MemoryStoreBenchmark {

    private static final int ROUND = 1_000;
    private static final int BATCH = 1_000;
    private static final TenantId TENANT = TenantId.of("bench");

    /** Who keeps the clients. */
    public enum Contender {
        CONCURRENT_HASH_MAP {
            @Override
            Shelf shelf(List<Client> clients) {
                return new MapShelf(clients);
            }
        },
        /** Each operation in a transaction of its own. */
        MEMORY_STORE {
            @Override
            Shelf shelf(List<Client> clients) {
                return new StoreShelf(clients);
            }
        },
        /** All operations of a round in one transaction. */
        MEMORY_STORE_ONE_TRANSACTION {
            @Override
            Shelf shelf(List<Client> clients) {
                return new OneTransactionShelf(clients);
            }
        };

        abstract Shelf shelf(List<Client> clients);
    }

    /** A round of operations, one for each key; finds return the sum of the lengths of the numbers found, changes their count. */
    interface Shelf {
        long find(ClientId[] keys);

        long findByEmail(String[] keys);

        long change(ClientId[] keys, BigDecimal credit);
    }

    private static final class MapShelf implements Shelf {

        private final Map<UUID, Client> byId = new ConcurrentHashMap<>();
        private final Map<String, UUID> byEmail = new ConcurrentHashMap<>();

        MapShelf(List<Client> clients) {
            for (Client client : clients) {
                byId.put(client.id().value(), client);
                byEmail.put(client.email(), client.id().value());
            }
        }

        private Client get(UUID id) {
            return Objects.requireNonNull(byId.get(id));
        }

        @Override
        public long find(ClientId[] keys) {
            long sum = 0;
            for (ClientId key : keys) {
                sum += get(key.value()).number().length();
            }
            return sum;
        }

        @Override
        public long findByEmail(String[] keys) {
            long sum = 0;
            for (String key : keys) {
                sum += get(Objects.requireNonNull(byEmail.get(key))).number().length();
            }
            return sum;
        }

        @Override
        public long change(ClientId[] keys, BigDecimal credit) {
            for (ClientId key : keys) {
                Client changed = byId.computeIfPresent(
                        key.value(), (id, client) -> client.withCredit(credit).withVersion(client.version() + 1));
                Objects.requireNonNull(changed);
            }
            return keys.length;
        }
    }

    private static class StoreShelf implements Shelf {

        final MemoryStore store = MemoryStore.create();

        StoreShelf(List<Client> clients) {
            for (int from = 0; from < clients.size(); from += BATCH) {
                List<Client> batch = clients.subList(from, Math.min(from + BATCH, clients.size()));
                List<Client> unused = store.inTransaction(TENANT, tx -> tx.insert(Client.TYPE, batch));
            }
        }

        @Override
        public long find(ClientId[] keys) {
            long sum = 0;
            for (ClientId key : keys) {
                sum += store.inTransaction(TENANT, tx -> find(tx, key));
            }
            return sum;
        }

        static long find(StoreTransaction tx, ClientId key) {
            return tx.find(Client.TYPE, key).orElseThrow().number().length();
        }

        @Override
        public long findByEmail(String[] keys) {
            long sum = 0;
            for (String key : keys) {
                sum += store.inTransaction(TENANT, tx -> findByEmail(tx, key));
            }
            return sum;
        }

        static long findByEmail(StoreTransaction tx, String key) {
            return tx.list(Query.of(Client.TYPE).where(Client.EMAIL.is(key)))
                    .get(0)
                    .number()
                    .length();
        }

        @Override
        public long change(ClientId[] keys, BigDecimal credit) {
            long sum = 0;
            for (ClientId key : keys) {
                sum += store.inTransaction(TENANT, tx -> change(tx, key, credit));
            }
            return sum;
        }

        static int change(StoreTransaction tx, ClientId key, BigDecimal credit) {
            Client client = tx.find(Client.TYPE, key).orElseThrow();
            return tx.update(Client.TYPE, List.of(client.withCredit(credit))).size();
        }
    }

    private static final class OneTransactionShelf extends StoreShelf {

        OneTransactionShelf(List<Client> clients) {
            super(clients);
        }

        @Override
        public long find(ClientId[] keys) {
            return store.<Long>inTransaction(TENANT, tx -> {
                long sum = 0;
                for (ClientId key : keys) {
                    sum += find(tx, key);
                }
                return sum;
            });
        }

        @Override
        public long findByEmail(String[] keys) {
            return store.<Long>inTransaction(TENANT, tx -> {
                long sum = 0;
                for (String key : keys) {
                    sum += findByEmail(tx, key);
                }
                return sum;
            });
        }

        @Override
        public long change(ClientId[] keys, BigDecimal credit) {
            return store.<Long>inTransaction(TENANT, tx -> {
                long sum = 0;
                for (ClientId key : keys) {
                    sum += change(tx, key, credit);
                }
                return sum;
            });
        }
    }

    @Param({"100000", "1000000"})
    public int n;

    @Param
    public Contender contender;

    private ClientId[] ids;
    private String[] emails;
    private SkewedKeys keys;
    private Shelf shelf;
    private int credit;

    @Setup
    public void prepare() {
        List<Client> clients = new ClientSource(20_050_104L).next(n);
        shelf = contender.shelf(clients);
        ids = clients.stream().map(Client::id).toArray(ClientId[]::new);
        emails = clients.stream().map(Client::email).toArray(String[]::new);
        keys = new SkewedKeys(n, 20_050_105L);
        List<Client> some = clients.subList(0, ROUND);
        for (Contender each : Contender.values()) {
            agree(each, each.shelf(some), some);
        }
    }

    private static void agree(Contender contender, Shelf shelf, List<Client> clients) {
        ClientId[] ids = clients.stream().map(Client::id).toArray(ClientId[]::new);
        String[] emails = clients.stream().map(Client::email).toArray(String[]::new);
        long expected = clients.stream().mapToLong(c -> c.number().length()).sum();
        Agreement.same(contender + ".find", shelf.find(ids), expected);
        Agreement.same(contender + ".findByEmail", shelf.findByEmail(emails), expected);
        Agreement.same(contender + ".change", shelf.change(ids, BigDecimal.TEN), (long) ids.length);
        Agreement.same(contender + ".find after the change", shelf.find(ids), expected);
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public long find() {
        return shelf.find(nextIds());
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public long findByEmail() {
        String[] round = new String[ROUND];
        for (int i = 0; i < ROUND; i++) {
            round[i] = emails[keys.next()];
        }
        return shelf.findByEmail(round);
    }

    @Benchmark
    @OperationsPerInvocation(ROUND)
    public long change() {
        return shelf.change(nextIds(), BigDecimal.valueOf(credit++));
    }

    private ClientId[] nextIds() {
        ClientId[] round = new ClientId[ROUND];
        for (int i = 0; i < ROUND; i++) {
            round[i] = ids[keys.next()];
        }
        return round;
    }
}
