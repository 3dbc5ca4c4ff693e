package dev.crmcore.exchange;

import dev.crmcore.customer.Customer;
import dev.crmcore.value.PhoneNumber;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows are customers: new ones are registered, known ones learn what the row says.
 *
 * <pre>{@code
 * CustomerImport plan = CustomerImport.from("shop")
 *         .column(CustomerImport.PHONE, "telephone")
 *         .phoneRegion("DE")                              // "030 1234567" is a number too
 *         .attribute("plan", "plan_name");                // what the file calls the attribute "plan"
 * ImportReport report = desk.imports().run(plan, RowSource.csv(file), ImportOptions.defaults());
 * }</pre>
 *
 * <p><b>Who a row is.</b> A row with a customer id is known by it alone. A row without one is whoever has its e-mail
 * address or its phone number, however they are typed, in the store or further up in the file. A phone number alone does
 * not make it somebody who has another e-mail address than the row: families share phones. Of several customers the one
 * who has both is meant; otherwise the row is invalid, unless it says nothing new of one of them: an import never guesses
 * and never merges. An address that more than eight customers have is nobody's own and tells no one apart. A row with
 * neither id nor address is known by its content and its occurrence.
 *
 * <p><b>What a row says.</b> An empty cell says nothing. Name, birthday, language, zone, owner, stage and attributes take
 * the place of what was there; e-mail, phone, postal address and tags come in addition. Further up in the file is taken to
 * be right: a row that repeats it is a duplicate, one with new facts an update, and one that contradicts it is invalid, so
 * that importing the file again changes nothing. A value of a declared attribute is read and checked as declared; that of
 * any other is text.
 *
 * <p>A dry run gives the report of the real one. Beside one batch an import holds fingerprints of what it has read and no
 * data: 24 to 48 bytes for each customer, id and tag, twice that for each address, 8 to 16 bytes for each other value.
 *
 * <p>Immutable and thread-safe.
 */
public final class CustomerImport extends ImportPlan {

    /** The customer's id in the other system. */
    public static final String CUSTOMER_ID = "customer_id";

    /** Given name. */
    public static final String GIVEN_NAME = "given_name";

    /** Family name. */
    public static final String FAMILY_NAME = "family_name";

    /** The whole name, as the customer writes it. */
    public static final String NAME = "name";

    /** E-mail address. */
    public static final String EMAIL = "email";

    /** Phone number: with its country code, unless {@link #phoneRegion} says where numbers without one belong. */
    public static final String PHONE = "phone";

    /** Birthday: {@code 1980-02-29}, or {@code --02-29} where the year is not known. */
    public static final String BIRTHDAY = "birthday";

    /** Language, by its tag of BCP 47. */
    public static final String LANGUAGE = "language";

    /** Time zone, such as {@code Europe/Berlin}. */
    public static final String TIME_ZONE = "time_zone";

    /** Street and number of the postal address. */
    public static final String STREET = "street";

    /** Postal code of the postal address. */
    public static final String POSTAL_CODE = "postal_code";

    /** City, town or village of the postal address. */
    public static final String CITY = "city";

    /** State or province of the postal address, by name. */
    public static final String REGION = "region";

    /** Country of the postal address, by its two capital letters of ISO 3166-1. */
    public static final String COUNTRY = "country";

    /** Tags, with {@link #separator} between. */
    public static final String TAGS = "tags";

    /** The host's key of whoever looks after the customer. */
    public static final String OWNER = "owner";

    /** The host's key of how far the relation has come. */
    public static final String LIFECYCLE_STAGE = "lifecycle_stage";

    private static final List<String> KNOWN = List.of(
            CUSTOMER_ID,
            GIVEN_NAME,
            FAMILY_NAME,
            NAME,
            EMAIL,
            PHONE,
            BIRTHDAY,
            LANGUAGE,
            TIME_ZONE,
            STREET,
            POSTAL_CODE,
            CITY,
            REGION,
            COUNTRY,
            TAGS,
            OWNER,
            LIFECYCLE_STAGE);

    private final String source;
    private final ColumnMapping columns;
    private final Map<String, String> attributes;
    private final @Nullable String phoneRegion;
    private final String separator;
    private final ZoneId zone;

    private CustomerImport(
            String source,
            ColumnMapping columns,
            Map<String, String> attributes,
            @Nullable String phoneRegion,
            String separator,
            ZoneId zone) {
        this.source = source;
        this.columns = columns;
        this.attributes = attributes;
        this.phoneRegion = phoneRegion;
        this.separator = separator;
        this.zone = zone;
    }

    /**
     * Begins a plan: phone numbers have their country code, a semicolon stands between tags, times are in UTC.
     *
     * @param source the system whose ids the file has; a customer keeps it as an external id, and new customers as the
     *     source of their record; 1 to 100 characters
     * @return the plan
     * @throws dev.crmcore.value.InvalidValueException if the source is blank or too long
     */
    public static CustomerImport from(String source) {
        Customer.Builder unused = Customer.builder().externalId(source, "1");
        return new CustomerImport(source, ColumnMapping.of(KNOWN), Map.of(), null, ";", ZoneOffset.UTC);
    }

    /**
     * The same, where the file calls a column otherwise.
     *
     * @param column one of the constants of this class
     * @param nameInFile what the file calls it
     * @return a copy
     * @throws IllegalArgumentException if there is no such column
     */
    public CustomerImport column(String column, String nameInFile) {
        if (!KNOWN.contains(column)) {
            throw new IllegalArgumentException("the import knows no column '" + column + "', but " + KNOWN);
        }
        return new CustomerImport(source, columns.with(column, nameInFile), attributes, phoneRegion, separator, zone);
    }

    /**
     * The same, with a column of attributes.
     *
     * @param key the attribute's key
     * @param nameInFile what the file calls it
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if the key has not the form of one
     */
    public CustomerImport attribute(String key, String nameInFile) {
        Customer.Builder unused = Customer.builder().attribute(key, true);
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(key, CustomerFact.attributeColumn(key));
        return new CustomerImport(
                source,
                columns.adding(CustomerFact.attributeColumn(key), Objects.requireNonNull(nameInFile, "nameInFile")),
                more,
                phoneRegion,
                separator,
                zone);
    }

    /**
     * The same, with a region that phone numbers without a country code belong to.
     *
     * @param region country code of ISO 3166-1, in capitals
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if there is no such region
     */
    public CustomerImport phoneRegion(String region) {
        PhoneNumber unused = PhoneNumber.parse("+49301234567", region);
        return new CustomerImport(source, columns, attributes, region, separator, zone);
    }

    /**
     * The same, with another separator between tags, and between the values of an attribute that may have several.
     *
     * @param text what stands between two of them; not blank
     * @return a copy
     * @throws IllegalArgumentException if it is blank
     */
    public CustomerImport separator(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the separator is blank");
        }
        return new CustomerImport(source, columns, attributes, phoneRegion, text, zone);
    }

    /**
     * The same, with a zone for instants of attributes that name none.
     *
     * @param times the zone
     * @return a copy
     */
    public CustomerImport zone(ZoneId times) {
        return new CustomerImport(
                source, columns, attributes, phoneRegion, separator, Objects.requireNonNull(times, "zone"));
    }

    @Override
    void checkHeader(List<String> header) {
        columns.requireAnyIn(header);
        columns.requireIn(header, List.copyOf(attributes.values()));
    }

    @Override
    Intake begin() {
        return new CustomerIntake(this);
    }

    String source() {
        return source;
    }

    ColumnMapping columns() {
        return columns;
    }

    /** The columns of attributes by the attributes' keys. */
    Map<String, String> attributes() {
        return attributes;
    }

    Optional<String> phoneRegion() {
        return Optional.ofNullable(phoneRegion);
    }

    /** The parts of a cell with several values. */
    List<String> parts(String cell) {
        return Arrays.stream(cell.split(Pattern.quote(separator)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    ZoneId zone() {
        return zone;
    }
}
