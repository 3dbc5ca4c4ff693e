package dev.crmcore.store.memory;

import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.StoredRecord;
import dev.crmcore.value.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotWriter} wrote. Nothing is decoded before the whole file is known to be sound. */
final class SnapshotReader {

    private final Path file;
    private final EntityCatalog catalog;
    private final Map<TenantId, TenantRecords> tenants;

    private SnapshotReader(Path file, EntityCatalog catalog, Map<TenantId, TenantRecords> tenants) {
        this.file = file;
        this.catalog = catalog;
        this.tenants = tenants;
    }

    static void read(Path file, EntityCatalog catalog, Map<TenantId, TenantRecords> tenants) {
        SnapshotReader reader = new SnapshotReader(file, catalog, tenants);
        try {
            reader.requireSound();
            reader.readAll();
        } catch (IOException e) {
            throw new StoreException("the snapshot could not be read from " + file, false, e);
        }
    }

    private void requireSound() throws IOException {
        long length = Files.size(file) - Long.BYTES;
        try (CheckedInputStream checked = new CheckedInputStream(Files.newInputStream(file), new CRC32C());
                DataInputStream in = new DataInputStream(new BufferedInputStream(checked))) {
            // The checksum covers what the checked stream has passed on: so it is read unbuffered up to the trailer
            byte[] magic = checked.readNBytes(SnapshotWriter.MAGIC.length);
            if (!Arrays.equals(magic, SnapshotWriter.MAGIC)) {
                throw new StoreException(file + " is not a snapshot that this version can read", false, null);
            }
            byte[] buffer = new byte[1 << 16];
            for (long left = length - magic.length; left > 0; ) {
                int read = checked.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                left -= read;
            }
            long expected = checked.getChecksum().getValue();
            if (length < magic.length || in.readLong() != expected) {
                throw new StoreException("the snapshot " + file + " was cut off or changed", false, null);
            }
        }
    }

    private void readAll() throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16))) {
            in.skipNBytes(SnapshotWriter.MAGIC.length);
            int tag = in.readByte();
            while (tag == SnapshotWriter.TENANT) {
                TenantRecords records = new TenantRecords();
                tenants.put(TenantId.of(requireText(in)), records);
                tag = records.load(() -> tenant(in, records));
            }
            if (tag != SnapshotWriter.END) {
                throw unknown(tag);
            }
        }
    }

    private StoreException unknown(int tag) {
        return new StoreException("the snapshot " + file + " has an unknown part " + tag, false, null);
    }

    private int tenant(DataInputStream in, TenantRecords records) throws IOException {
        int tag = in.readByte();
        while (true) {
            if (tag == SnapshotWriter.TYPE) {
                tag = table(in, records, catalog.type(requireText(in)));
            } else if (tag == SnapshotWriter.EVENT) {
                records.log().append(event(in));
                tag = in.readByte();
            } else {
                return tag;
            }
        }
    }

    private <T> int table(DataInputStream in, TenantRecords records, EntityType<T> type) throws IOException {
        Layout<T> layout = Layout.read(in, type);
        Table<T> table = records.table(type);
        int tag = in.readByte();
        while (tag == SnapshotWriter.RECORD) {
            table.put(layout.record(in));
            tag = in.readByte();
        }
        return tag;
    }

    private static EventRecord event(DataInputStream in) throws IOException {
        UUID id = id(in);
        String type = requireText(in);
        Instant time = Instant.parse(requireText(in));
        EventRecord.Builder event = EventRecord.builder(id, type, time)
                .about(requireText(in), id(in))
                .causedBy(requireText(in), requireText(in));
        event.correlationId(text(in));
        String causation = text(in);
        return event.causationId(causation == null ? null : UUID.fromString(causation))
                .data(JsonObject.parse(requireText(in)))
                .build();
    }

    private static UUID id(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == SnapshotWriter.ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String requireText(DataInputStream in) throws IOException {
        return Objects.requireNonNull(text(in), "a text that is never absent");
    }

    /** Which columns of the file are which fields of the type. A field that the file does not know is absent. */
    private record Layout<T>(EntityType<T> type, List<Field<T, ?>> fields, List<Elements<?>> sets) {

        static <T> Layout<T> read(DataInputStream in, EntityType<T> type) throws IOException {
            List<Field<T, ?>> fields = new ArrayList<>();
            for (String name : names(in)) {
                fields.add(type.field(name));
            }
            List<Elements<?>> sets = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                sets.add(Elements.read(in, type.set(requireText(in))));
            }
            return new Layout<>(type, fields, sets);
        }

        private static List<String> names(DataInputStream in) throws IOException {
            List<String> names = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                names.add(requireText(in));
            }
            return names;
        }

        Entry<T> record(DataInputStream in) throws IOException {
            UUID id = id(in);
            long version = in.readLong();
            @Nullable Object[] values = new @Nullable Object[type.fields().size()];
            for (Field<T, ?> field : fields) {
                values[type.position(field)] = value(in, field);
            }
            List<List<@Nullable Object[]>> elements = new ArrayList<>();
            for (SetField<T, ?> unused : type.sets()) {
                elements.add(List.of());
            }
            for (Elements<?> set : sets) {
                elements.set(type.sets().indexOf(set.set()), set.rows(in));
            }
            int schema = in.readInt();
            StoredRecord stored = new StoredRecord(id, version, values, elements, text(in), schema);
            return Entry.of(type, stored, hold(in));
        }

        private static Entry.@Nullable Hold hold(DataInputStream in) throws IOException {
            String owner = text(in);
            String until = text(in);
            return owner == null || until == null ? null : new Entry.Hold(owner, Instant.parse(until));
        }

        private static @Nullable Object value(DataInputStream in, Field<?, ?> field) throws IOException {
            String text = text(in);
            return text == null ? null : field.type().fromText(field.name(), text);
        }
    }

    /** Which columns of the file are which fields of the elements of a set. */
    private record Elements<E>(SetField<?, E> set, List<Field<E, ?>> fields) {

        static <E> Elements<E> read(DataInputStream in, SetField<?, E> set) throws IOException {
            List<Field<E, ?>> fields = new ArrayList<>();
            for (String name : Layout.names(in)) {
                fields.add(set.element().field(name));
            }
            return new Elements<>(set, fields);
        }

        List<@Nullable Object[]> rows(DataInputStream in) throws IOException {
            List<Field<E, ?>> declared = set.element().fields();
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                @Nullable Object[] row = new @Nullable Object[declared.size()];
                for (Field<E, ?> field : fields) {
                    row[declared.indexOf(field)] = Layout.value(in, field);
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
