package dev.crmcore.value;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A postal address in the parts of vCard's {@code ADR}.
 *
 * <pre>{@code
 * PostalAddress home = PostalAddress.builder().street("Hauptstraße 5").postalCode("10827").locality("Berlin")
 *         .regionCode("DE-BE").country("DE").build();
 * }</pre>
 *
 * <p>At least one part is there. Parts are kept as typed, without white space round them, at most 1,000 characters each.
 * Equal if all parts are; {@link #normalized()} compares without case and accents. Immutable and thread-safe;
 * {@code toString} shows nothing of it.
 */
public final class PostalAddress {
    private static final Pattern REGION_CODE = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");

    private final @Nullable String poBox;
    private final @Nullable String extended;
    private final @Nullable String street;
    private final @Nullable String locality;
    private final @Nullable String region;
    private final @Nullable String regionCode;
    private final @Nullable String postalCode;
    private final @Nullable String country;

    private PostalAddress(Builder builder) {
        this.poBox = TextField.optional("post office box", builder.poBox);
        this.extended = TextField.optional("extended address", builder.extended);
        this.street = TextField.optional("street", builder.street);
        this.locality = TextField.optional("locality", builder.locality);
        this.region = TextField.optional("region", builder.region);
        this.postalCode = TextField.optional("postal code", builder.postalCode);
        this.country = checkedCountry(TextField.optional("country", builder.country));
        this.regionCode = checkedRegionCode(TextField.optional("region code", builder.regionCode), country);
        if (parts().allMatch(Objects::isNull)) {
            throw new InvalidValueException("postal address", "", "has no part");
        }
    }

    private static @Nullable String checkedCountry(@Nullable String code) {
        return code == null ? null : Countries.require("country", code);
    }

    private static @Nullable String checkedRegionCode(@Nullable String code, @Nullable String country) {
        if (code == null) {
            return null;
        }
        if (!REGION_CODE.matcher(code).matches()) {
            throw new InvalidValueException("region code", code, "has not the form of ISO 3166-2 such as DE-BE");
        }
        if (country == null || !code.startsWith(country + "-")) {
            throw new InvalidValueException("region code", code, "is not of the country of the address");
        }
        return code;
    }

    /**
     * Starts an address.
     *
     * @return a builder without parts
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder with the parts of this address
     */
    public Builder toBuilder() {
        return new Builder()
                .poBox(poBox)
                .extended(extended)
                .street(street)
                .locality(locality)
                .region(region)
                .regionCode(regionCode)
                .postalCode(postalCode)
                .country(country);
    }

    /**
     * The form to compare the address by: {@link SearchKey} of each part, in the order of {@code ADR}.
     *
     * @return all parts with {@code |} between, absent ones empty
     */
    public String normalized() {
        return parts().map(part -> part == null ? "" : SearchKey.of(part).replace('|', '/'))
                .collect(Collectors.joining("|"));
    }

    /**
     * The post office box.
     *
     * @return its number; empty if there is none
     */
    public Optional<String> poBox() {
        return Optional.ofNullable(poBox);
    }

    /**
     * What is needed beside the street.
     *
     * @return flat, floor, care of; empty if there is none
     */
    public Optional<String> extended() {
        return Optional.ofNullable(extended);
    }

    /**
     * Street and number.
     *
     * @return in the order of the country, in several lines if need be; empty if there is none
     */
    public Optional<String> street() {
        return Optional.ofNullable(street);
    }

    /**
     * City, town or village.
     *
     * @return its name; empty if not known
     */
    public Optional<String> locality() {
        return Optional.ofNullable(locality);
    }

    /**
     * State, province or the like, by name.
     *
     * @return its name; empty if not known
     */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /**
     * State, province or the like, by code.
     *
     * @return of the form of ISO 3166-2, beginning with the country; empty if not known
     */
    public Optional<String> regionCode() {
        return Optional.ofNullable(regionCode);
    }

    /**
     * The postal code.
     *
     * @return as typed; empty if there is none
     */
    public Optional<String> postalCode() {
        return Optional.ofNullable(postalCode);
    }

    /**
     * The country.
     *
     * @return its code of ISO 3166-1, two capitals; empty if not known
     */
    public Optional<String> country() {
        return Optional.ofNullable(country);
    }

    private Stream<@Nullable String> parts() {
        return Stream.of(poBox, extended, street, locality, region, regionCode, postalCode, country);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PostalAddress that
                && parts().toList().equals(that.parts().toList());
    }

    @Override
    public int hashCode() {
        return parts().toList().hashCode();
    }

    /** Nothing of the address. */
    @Override
    public String toString() {
        return "PostalAddress[***]";
    }

    /** Builds a {@link PostalAddress}. A part that is {@code null} or blank is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String poBox;
        private @Nullable String extended;
        private @Nullable String street;
        private @Nullable String locality;
        private @Nullable String region;
        private @Nullable String regionCode;
        private @Nullable String postalCode;
        private @Nullable String country;

        private Builder() {}

        /**
         * The post office box.
         *
         * @param text its number, or {@code null}
         * @return this
         */
        public Builder poBox(@Nullable String text) {
            this.poBox = text;
            return this;
        }

        /**
         * What is needed beside the street.
         *
         * @param text flat, floor, care of, or {@code null}
         * @return this
         */
        public Builder extended(@Nullable String text) {
            this.extended = text;
            return this;
        }

        /**
         * Street and number.
         *
         * @param text in the order of the country, in several lines if need be, or {@code null}
         * @return this
         */
        public Builder street(@Nullable String text) {
            this.street = text;
            return this;
        }

        /**
         * City, town or village.
         *
         * @param text its name, or {@code null}
         * @return this
         */
        public Builder locality(@Nullable String text) {
            this.locality = text;
            return this;
        }

        /**
         * State, province or the like, by name.
         *
         * @param text its name, or {@code null}
         * @return this
         */
        public Builder region(@Nullable String text) {
            this.region = text;
            return this;
        }

        /**
         * State, province or the like, by code.
         *
         * @param code of the form of ISO 3166-2, beginning with the country: {@code "DE-BE"}; or {@code null}
         * @return this
         */
        public Builder regionCode(@Nullable String code) {
            this.regionCode = code;
            return this;
        }

        /**
         * The postal code.
         *
         * @param text as typed, or {@code null}
         * @return this
         */
        public Builder postalCode(@Nullable String text) {
            this.postalCode = text;
            return this;
        }

        /**
         * The country.
         *
         * @param code of ISO 3166-1, two capitals: {@code "DE"}; or {@code null}
         * @return this
         */
        public Builder country(@Nullable String code) {
            this.country = code;
            return this;
        }

        /**
         * Ends building.
         *
         * @return the address
         * @throws InvalidValueException if there is no part, the country does not exist, the region code has another form
         *     or country, or a part is longer than 1,000 characters or breaks {@link StorableText}
         */
        public PostalAddress build() {
            return new PostalAddress(this);
        }
    }
}
