package dev.crmcore.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** The kinds of single values that every store keeps in a column of its own. */
public enum ScalarKind {
    /** Unicode text without U+0000 and without unpaired surrogates; stored as {@code String}. */
    TEXT(String.class),
    /** A whole number of 64 bits; stored as {@code Long}. */
    LONG(Long.class),
    /** An exact decimal of up to 28 digits before and 10 after the point; stored as {@code BigDecimal}. */
    DECIMAL(BigDecimal.class),
    /** True or false; stored as {@code Boolean}. */
    BOOLEAN(Boolean.class),
    /** A point in time, exact to the microsecond, from year 1 to year 9999; stored as {@code Instant}. */
    INSTANT(Instant.class),
    /** A calendar day from year 1 to year 9999; stored as {@code LocalDate}. */
    DATE(LocalDate.class),
    /** A UUID; stored as {@code UUID}. */
    ID(UUID.class);

    private final Class<?> storedAs;

    ScalarKind(Class<?> storedAs) {
        this.storedAs = storedAs;
    }

    /**
     * The Java class in which stores exchange values of this kind.
     *
     * @return the class
     */
    public Class<?> storedAs() {
        return storedAs;
    }
}
