package dev.crmcore.metrics;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a KPI means, so that two reports cannot disagree silently: its formula, its variant and what it says about an empty
 * set. The id with the version names one meaning for ever; a changed formula is a new version.
 *
 * <p>Immutable and thread-safe; made by a {@link #builder(String, int) builder}.
 */
public final class KpiDefinition {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final String id;
    private final int version;
    private final String name;
    private final KpiKind kind;
    private final String unit;
    private final String formula;
    private final String variant;
    private final String emptyRule;
    private final String source;

    private KpiDefinition(Builder builder) {
        this.id = builder.id;
        this.version = builder.version;
        this.name = required(builder.name, "name");
        this.kind = required(builder.kind, "kind");
        this.unit = required(builder.unit, "unit");
        this.formula = required(builder.formula, "formula");
        this.variant = builder.variant;
        this.emptyRule = required(builder.emptyRule, "emptyRule");
        this.source = required(builder.source, "source");
    }

    /**
     * Begins a definition.
     *
     * @param id the stable id: lower-case words joined by hyphens, such as "repeat-purchase-rate"
     * @param version the version of the meaning, from 1
     * @return a builder
     * @throws IllegalArgumentException if the id or the version is malformed
     */
    public static Builder builder(String id, int version) {
        return new Builder(id, version);
    }

    /**
     * The stable id.
     *
     * @return the id, lower-case words joined by hyphens
     */
    public String id() {
        return id;
    }

    /**
     * The version of the meaning.
     *
     * @return the version, from 1
     */
    public int version() {
        return version;
    }

    /**
     * The name that the trade uses.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * How it can be computed.
     *
     * @return the kind
     */
    public KpiKind kind() {
        return kind;
    }

    /**
     * The unit and range of the value.
     *
     * @return the unit, such as "points, -100 to 100"
     */
    public String unit() {
        return unit;
    }

    /**
     * The formula.
     *
     * @return the formula in plain text
     */
    public String formula() {
        return formula;
    }

    /**
     * Which of several usual meanings this one is.
     *
     * @return the variant, empty if there is only one meaning
     */
    public String variant() {
        return variant;
    }

    /**
     * What the KPI says if there is nothing to count.
     *
     * @return the rule in words
     */
    public String emptyRule() {
        return emptyRule;
    }

    /**
     * Where the definition comes from.
     *
     * @return the publication
     */
    public String source() {
        return source;
    }

    /** The id and version, such as {@code nps@1}. */
    @Override
    public String toString() {
        return id + "@" + version;
    }

    private static <T> T required(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("a KPI definition needs its " + name);
        }
        return part;
    }

    /** Collects the parts of a definition. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final int version;
        private @Nullable String name;
        private @Nullable KpiKind kind;
        private @Nullable String unit;
        private @Nullable String formula;
        private String variant = "";
        private @Nullable String emptyRule;
        private @Nullable String source;

        private Builder(String id, int version) {
            Objects.requireNonNull(id, "id");
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("id must be lower-case words joined by hyphens, not " + id);
            }
            if (version < 1) {
                throw new IllegalArgumentException("version must be at least 1, not " + version);
            }
            this.id = id;
            this.version = version;
        }

        /**
         * Sets the name that the trade uses.
         *
         * @param newName the name
         * @return this builder
         */
        public Builder name(String newName) {
            this.name = Objects.requireNonNull(newName, "newName");
            return this;
        }

        /**
         * Sets how it can be computed.
         *
         * @param newKind the kind
         * @return this builder
         */
        public Builder kind(KpiKind newKind) {
            this.kind = Objects.requireNonNull(newKind, "newKind");
            return this;
        }

        /**
         * Sets the unit and range of the value.
         *
         * @param newUnit the unit
         * @return this builder
         */
        public Builder unit(String newUnit) {
            this.unit = Objects.requireNonNull(newUnit, "newUnit");
            return this;
        }

        /**
         * Sets the formula.
         *
         * @param newFormula the formula in plain text
         * @return this builder
         */
        public Builder formula(String newFormula) {
            this.formula = Objects.requireNonNull(newFormula, "newFormula");
            return this;
        }

        /**
         * Sets which of several usual meanings this one is; empty if not called.
         *
         * @param newVariant the variant
         * @return this builder
         */
        public Builder variant(String newVariant) {
            this.variant = Objects.requireNonNull(newVariant, "newVariant");
            return this;
        }

        /**
         * Sets what the KPI says if there is nothing to count.
         *
         * @param newEmptyRule the rule in words
         * @return this builder
         */
        public Builder emptyRule(String newEmptyRule) {
            this.emptyRule = Objects.requireNonNull(newEmptyRule, "newEmptyRule");
            return this;
        }

        /**
         * Sets where the definition comes from.
         *
         * @param newSource the publication
         * @return this builder
         */
        public Builder source(String newSource) {
            this.source = Objects.requireNonNull(newSource, "newSource");
            return this;
        }

        /**
         * Makes the definition.
         *
         * @return the definition
         * @throws IllegalStateException if name, kind, unit, formula, empty rule or source is missing
         */
        public KpiDefinition build() {
            return new KpiDefinition(this);
        }
    }
}
