package dev.crmcore.bench;

import dev.crmcore.bench.Client.ClientId;
import dev.crmcore.bench.Client.Contact;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes clients, the same ones for the same seed; ids ascend with time as UUIDv7 do. */
final class ClientSource {

    private static final Instant BEGIN = Instant.parse("2026-01-01T08:00:00Z");
    private static final List<String> CITIES = List.of("Oslo", "Porto", "Graz", "Lyon", "Turku", "Brno", "Cork");
    private static final List<String> COUNTRIES = List.of("NO", "PT", "AT", "FR", "FI", "CZ", "IE");

    private final Random random;
    private long count;

    ClientSource(long seed) {
        this.random = new Random(seed);
    }

    List<Client> next(int n) {
        List<Client> clients = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            clients.add(next());
        }
        return clients;
    }

    Client next() {
        long serial = count++;
        int place = random.nextInt(CITIES.size());
        String email = "client" + serial + "@example.com";
        String phone = "+49301" + (1_000_000 + random.nextInt(9_000_000));
        Instant created = BEGIN.plusMillis(serial);
        return new Client(
                new ClientId(id(created.toEpochMilli())),
                0,
                "C-" + serial,
                email,
                "Given" + random.nextInt(500),
                "Family" + random.nextInt(5_000),
                "Company " + random.nextInt(1_000),
                phone,
                CITIES.get(place),
                COUNTRIES.get(place),
                serial % 3 == 0 ? "prospect" : "active",
                LocalDate.ofEpochDay(random.nextInt(12_000)),
                BigDecimal.valueOf(10L * random.nextInt(100_000) + 1, 2),
                created,
                created,
                List.of(new Contact("email", email, true), new Contact("phone", phone, false)),
                notes(serial));
    }

    private UUID id(long millis) {
        long high = millis << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static JsonObject notes(long serial) {
        return JsonObject.builder()
                .put("plan", "gold")
                .put("newsletter", serial % 2 == 0)
                .put("seats", serial % 50)
                .put("salesRegion", "north-west of the river")
                .put("preferredDelivery", "weekday mornings before ten o'clock")
                .put("lastCampaign", "spring-renewal-2026-second-wave")
                .put("referredBy", "a friend who has been a client since 2011")
                .put("shoeSize", 38 + serial % 8)
                .put("allergies", "none that we know of, asked at registration")
                .put("remarks", "calls back late in the day; likes to be asked about the garden")
                .build();
    }
}
