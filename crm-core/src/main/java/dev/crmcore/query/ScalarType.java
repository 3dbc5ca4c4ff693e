package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import dev.crmcore.internal.text.Quoted;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a Java type is kept as one of the {@linkplain ScalarKind kinds} that stores know.
 *
 * <p>The stored form is canonical: equal values have equal stored forms, and what a store returns equals what was put
 * in. Decimals lose trailing zeros, instants are cut to microseconds.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <V> the Java type
 */
public final class ScalarType<V> {

    /** Orders text by Unicode code point, as every store does. */
    public static final Comparator<String> CODE_POINT_ORDER = ScalarType::compareCodePoints;

    /** Orders UUIDs as unsigned numbers of 128 bits, as every store does. */
    public static final Comparator<UUID> UNSIGNED_ORDER = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    /** Text. */
    public static final ScalarType<String> TEXT = new ScalarType<>(ScalarKind.TEXT, v -> v, s -> (String) s);

    /** A whole number. */
    public static final ScalarType<Long> LONG = new ScalarType<>(ScalarKind.LONG, v -> v, s -> (Long) s);

    /** A whole number of 32 bits. */
    public static final ScalarType<Integer> INTEGER =
            new ScalarType<>(ScalarKind.LONG, Integer::longValue, s -> Math.toIntExact((Long) s));

    /** An exact decimal. */
    public static final ScalarType<BigDecimal> DECIMAL =
            new ScalarType<>(ScalarKind.DECIMAL, v -> v, s -> (BigDecimal) s);

    /** True or false. */
    public static final ScalarType<Boolean> BOOLEAN = new ScalarType<>(ScalarKind.BOOLEAN, v -> v, s -> (Boolean) s);

    /** A point in time. */
    public static final ScalarType<Instant> INSTANT = new ScalarType<>(ScalarKind.INSTANT, v -> v, s -> (Instant) s);

    /** A calendar day. */
    public static final ScalarType<LocalDate> DATE = new ScalarType<>(ScalarKind.DATE, v -> v, s -> (LocalDate) s);

    /** A bare UUID. */
    public static final ScalarType<UUID> UUID_VALUE = new ScalarType<>(ScalarKind.ID, v -> v, s -> (UUID) s);

    private static final int MAX_FRACTION_DIGITS = 10;
    private static final int MAX_INTEGER_DIGITS = 28;
    private static final Instant EARLIEST =
            LocalDate.of(1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final Instant LATEST =
            LocalDate.of(10_000, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private final ScalarKind kind;
    private final Function<V, Object> encoder;
    private final Function<Object, V> decoder;

    private ScalarType(ScalarKind kind, Function<V, Object> encoder, Function<Object, V> decoder) {
        this.kind = kind;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /**
     * A Java type that is kept as text.
     *
     * @param <V> the Java type
     * @param write gives the text; one text for equal values
     * @param read makes the value again
     * @return the type
     */
    public static <V> ScalarType<V> ofText(Function<V, String> write, Function<String, V> read) {
        Objects.requireNonNull(write, "write");
        Objects.requireNonNull(read, "read");
        return new ScalarType<>(ScalarKind.TEXT, write::apply, s -> read.apply((String) s));
    }

    /**
     * An enum, kept under the names of its constants: names are part of the stored form and do not change.
     *
     * @param <E> the enum
     * @param type its class
     * @return the type
     */
    public static <E extends Enum<E>> ScalarType<E> ofEnum(Class<E> type) {
        Objects.requireNonNull(type, "type");
        return ofText(Enum::name, text -> Enum.valueOf(type, text));
    }

    /**
     * A typed id.
     *
     * @param <I> the id's Java type
     * @param read makes the id from its UUID
     * @return the type
     */
    public static <I extends EntityId> ScalarType<I> ofId(Function<UUID, I> read) {
        Objects.requireNonNull(read, "read");
        return new ScalarType<>(ScalarKind.ID, EntityId::value, s -> read.apply((UUID) s));
    }

    /**
     * The kind of column.
     *
     * @return the kind
     */
    public ScalarKind kind() {
        return kind;
    }

    /**
     * The canonical stored form of a value.
     *
     * @param name the field's name, for the message
     * @param value the value
     * @return an instance of the kind's {@linkplain ScalarKind#storedAs() class}
     * @throws IllegalArgumentException if no store could keep the value: text with U+0000 or an unpaired surrogate, a
     *     decimal with too many digits, a time outside the years 1 to 9999
     */
    public Object encode(String name, V value) {
        return canonical(name, encoder.apply(Objects.requireNonNull(value, name)));
    }

    /**
     * The value for a stored form.
     *
     * @param stored an instance of the kind's {@linkplain ScalarKind#storedAs() class}
     * @return the value
     */
    public V decode(Object stored) {
        return decoder.apply(Objects.requireNonNull(stored, "stored"));
    }

    /**
     * Compares two stored forms of this kind in the order that every store keeps.
     *
     * @param a one
     * @param b the other
     * @return less than, equal to or greater than 0
     */
    public int compareStored(Object a, Object b) {
        return switch (kind) {
            case TEXT -> compareCodePoints((String) a, (String) b);
            case LONG -> Long.compare((Long) a, (Long) b);
            case DECIMAL -> ((BigDecimal) a).compareTo((BigDecimal) b);
            case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
            case INSTANT -> ((Instant) a).compareTo((Instant) b);
            case DATE -> ((LocalDate) a).compareTo((LocalDate) b);
            case ID -> UNSIGNED_ORDER.compare((UUID) a, (UUID) b);
        };
    }

    /**
     * A stored form as text, the same in every zone and locale.
     *
     * @param stored the stored form
     * @return the text
     */
    public String toText(Object stored) {
        return stored instanceof BigDecimal decimal ? decimal.toPlainString() : stored.toString();
    }

    /**
     * The stored form for a text that {@link #toText} gave.
     *
     * @param name the field's name, for the message
     * @param text the text
     * @return the stored form
     * @throws IllegalArgumentException if the text is not of this kind
     */
    public Object fromText(String name, String text) {
        try {
            Object stored = switch (kind) {
                case TEXT -> text;
                case LONG -> Long.valueOf(text);
                case DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> parseBoolean(text);
                case INSTANT -> Instant.parse(text);
                case DATE -> LocalDate.parse(text);
                case ID -> UUID.fromString(text);
            };
            Object canonical = canonical(name, stored);
            Object unused = decode(canonical); // an unknown enum constant, say, is refused here
            return canonical;
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(name + ": " + Quoted.of(text) + " is not a valid " + kind, e);
        }
    }

    private static Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private Object canonical(String name, Object stored) {
        return switch (kind) {
            case TEXT -> requireStorable(name, (String) stored);
            case DECIMAL -> canonicalDecimal(name, (BigDecimal) stored);
            case INSTANT -> canonicalInstant(name, (Instant) stored);
            case DATE -> canonicalDate(name, (LocalDate) stored);
            case LONG, BOOLEAN, ID -> stored;
        };
    }

    private static String requireStorable(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw new IllegalArgumentException(name + " must not contain U+0000 (at index " + i + ")");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        name + " must not contain an unpaired surrogate (at index " + i + ")");
            }
        }
        return text;
    }

    private static BigDecimal canonicalDecimal(String name, BigDecimal value) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (stripped.scale() > MAX_FRACTION_DIGITS
                || (long) stripped.precision() - stripped.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException(name + " must have at most " + MAX_INTEGER_DIGITS + " digits before and "
                    + MAX_FRACTION_DIGITS + " after the point");
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Instant canonicalInstant(String name, Instant value) {
        if (value.isBefore(EARLIEST) || !value.isBefore(LATEST)) {
            throw new IllegalArgumentException(name + " must lie in the years 1 to 9999");
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDate canonicalDate(String name, LocalDate value) {
        if (value.getYear() < 1 || value.getYear() > 9999) {
            throw new IllegalArgumentException(name + " must lie in the years 1 to 9999");
        }
        return value;
    }

    private static int compareCodePoints(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate stands for a code point above every other char, though its own value is lower than some
                boolean surrogateX = Character.isSurrogate(x);
                boolean surrogateY = Character.isSurrogate(y);
                return surrogateX == surrogateY ? Character.compare(x, y) : surrogateX ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
