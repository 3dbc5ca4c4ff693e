package dev.crmcore.store.memory;

import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.StoredRecord;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is committed to a file.
 *
 * <p>The file begins with {@link #MAGIC}. Then follow, each behind a byte that tells what comes: a tenant, a type of its
 * records with the names of its fields, a record of this type, an event of the tenant, the end. A text is its length in
 * bytes and its UTF-8, with a length of -1 for an absent one; values are texts as {@code ScalarType.toText} gives them.
 * The last 8 bytes are the CRC-32C of all before them: a file that was cut off or changed is known by it. Everything
 * stands in the order of names, ids and positions, so that one state always gives one file.
 */
final class SnapshotWriter {

    static final byte[] MAGIC = "CRMCORE1".getBytes(StandardCharsets.US_ASCII);
    static final int TENANT = 'T';
    static final int TYPE = 'Y';
    static final int RECORD = 'R';
    static final int EVENT = 'L';
    static final int END = 'E';
    static final int ABSENT = -1;

    /** The committed state of a tenant at one moment. */
    record Capture(TenantId tenant, List<Records<?>> tables, List<EventRecord> events) {}

    /** The records of one type in the order of their ids. */
    record Records<T>(EntityType<T> type, List<Entry<T>> entries) {}

    private final DataOutputStream out;
    private final CRC32C checksum = new CRC32C();

    private SnapshotWriter(OutputStream file) {
        this.out = new DataOutputStream(new CheckedOutputStream(file, checksum));
    }

    /** Writes a file beside the target and then puts it in its place; a failure leaves the target as it was. */
    static void write(Path target, List<Capture> captures, SnapshotDisk disk) {
        try {
            Path file = disk.createBeside(target);
            try {
                try (OutputStream stream = disk.open(file)) {
                    new SnapshotWriter(stream).writeAll(captures);
                }
                disk.replace(file, target);
            } catch (IOException | RuntimeException e) {
                deleteQuietly(file, disk, e);
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("the snapshot could not be written to " + target, false, e);
        }
    }

    private static void deleteQuietly(Path file, SnapshotDisk disk, Exception failure) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void writeAll(List<Capture> captures) throws IOException {
        out.write(MAGIC);
        for (Capture capture : captures) {
            out.writeByte(TENANT);
            text(capture.tenant().value());
            for (Records<?> records : capture.tables()) {
                table(records);
            }
            for (EventRecord event : capture.events()) {
                event(event);
            }
        }
        out.writeByte(END);
        out.writeLong(checksum.getValue());
        out.flush();
    }

    private <T> void table(Records<T> records) throws IOException {
        EntityType<T> type = records.type();
        out.writeByte(TYPE);
        text(type.name());
        names(Field.names(type.fields()));
        out.writeInt(type.sets().size());
        for (SetField<T, ?> set : type.sets()) {
            text(set.name());
            names(fieldNames(set));
        }
        for (Entry<T> entry : records.entries()) {
            out.writeByte(RECORD);
            record(type, entry);
        }
    }

    private static <E> List<String> fieldNames(SetField<?, E> set) {
        return Field.names(set.element().fields());
    }

    private void names(List<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            text(name);
        }
    }

    private <T> void record(EntityType<T> type, Entry<T> entry) throws IOException {
        StoredRecord stored = type.toStored(entry.entity);
        id(entry.id);
        out.writeLong(entry.version);
        values(type.fields(), entry.values);
        for (int i = 0; i < type.sets().size(); i++) {
            elements(type.sets().get(i), stored.sets().get(i));
        }
        out.writeInt(stored.schema());
        text(stored.body());
        Entry.Hold hold = entry.hold;
        text(hold == null ? null : hold.owner());
        text(hold == null ? null : hold.until().toString());
    }

    private <E> void elements(SetField<?, E> set, List<@Nullable Object[]> rows) throws IOException {
        out.writeInt(rows.size());
        for (@Nullable Object[] row : rows) {
            values(set.element().fields(), row);
        }
    }

    private <T> void values(List<Field<T, ?>> fields, @Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            text(value == null ? null : fields.get(i).type().toText(value));
        }
    }

    private void event(EventRecord event) throws IOException {
        out.writeByte(EVENT);
        id(event.id());
        text(event.type());
        text(event.time().toString());
        text(event.subjectType());
        id(event.subjectId());
        text(event.actor());
        text(event.reason());
        text(event.correlationId().orElse(null));
        text(event.causationId().map(UUID::toString).orElse(null));
        text(event.data().toJson());
    }

    private void id(UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private void text(@Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
