package dev.crmcore.purchase;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.SearchKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is sold, known by the seller's number. Purchases may also have lines of things that are no product here.
 *
 * <p>Immutable and thread-safe.
 */
public final class Product {

    /** The seller's number. */
    public static final Field<Product, String> SKU =
            Field.text("sku", Product::sku).required();

    /** The name. */
    public static final Field<Product, String> NAME =
            Field.text("name", Product::name).required();

    /** The name as a search key. */
    public static final Field<Product, String> NAME_KEY = Field.<Product>text(
                    "name_key", product -> SearchKey.of(product.name))
            .required()
            .indexed();

    /** The category. */
    public static final Field<Product, String> CATEGORY =
            Field.<Product>text("category", product -> product.category).indexed();

    /** The brand. */
    public static final Field<Product, String> BRAND =
            Field.<Product>text("brand", product -> product.brand).indexed();

    /** Whether it is sold now. */
    public static final Field<Product, Boolean> ACTIVE =
            Field.bool("active", Product::isActive).required();

    /** The tags. */
    public static final SetField<Product, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, Product::tags);

    /** One product for one number. */
    public static final UniqueKey<Product> BY_SKU = UniqueKey.of("product_sku", SKU);

    /** How products are kept. */
    public static final EntityType<Product> TYPE = EntityType.define("product", Product.class)
            .id(Product::id)
            .version(Product::version, Product::withVersion)
            .fields(SKU, NAME, NAME_KEY, CATEGORY, BRAND, ACTIVE)
            .sets(TAGS)
            .unique(BY_SKU)
            .onErasure(EntityType.OnErasure.KEEP)
            .readBy(Product::read);

    private final ProductId id;
    private final long version;
    private final String sku;
    private final String name;
    private final @Nullable String category;
    private final @Nullable String brand;
    private final boolean active;
    private final List<String> tags;

    private Product(ProductId id, long version, Builder builder) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.sku = requireText("sku", builder.sku);
        this.name = requireText("name", builder.name);
        this.category = builder.category;
        this.brand = builder.brand;
        this.active = builder.active;
        this.tags = builder.tags.stream().distinct().toList();
    }

    private static String requireText(String field, String text) {
        Objects.requireNonNull(text, field);
        if (text.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        return text;
    }

    private static Product read(EntityRecord<Product> stored) {
        Builder builder = new Builder(stored.require(SKU), stored.require(NAME));
        builder.category = stored.get(CATEGORY);
        builder.brand = stored.get(BRAND);
        builder.active = stored.require(ACTIVE);
        builder.tags = stored.elements(TAGS);
        return new Product(new ProductId(stored.id()), stored.version(), builder);
    }

    /**
     * Begins a product.
     *
     * @param sku the seller's number, not blank
     * @param name the name, not blank
     * @return the builder, of an active product without category, brand or tags
     */
    public static Builder of(String sku, String name) {
        return new Builder(sku, name);
    }

    /**
     * Begins a changed copy.
     *
     * @return a builder with what this product has
     */
    public Builder toBuilder() {
        Builder builder = new Builder(sku, name);
        builder.category = category;
        builder.brand = brand;
        builder.active = active;
        builder.tags = tags;
        return builder;
    }

    Product changedTo(Builder builder) {
        return new Product(id, version, builder);
    }

    private Product withVersion(long newVersion) {
        return new Product(id, newVersion, toBuilder());
    }

    /**
     * The id.
     *
     * @return the id
     */
    public ProductId id() {
        return id;
    }

    /**
     * The version, raised by every change.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * The seller's number.
     *
     * @return the number
     */
    public String sku() {
        return sku;
    }

    /**
     * The name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The category.
     *
     * @return the category, if it was said
     */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /**
     * The brand.
     *
     * @return the brand, if it was said
     */
    public Optional<String> brand() {
        return Optional.ofNullable(brand);
    }

    /**
     * Whether it is sold now.
     *
     * @return whether it is
     */
    public boolean isActive() {
        return active;
    }

    /**
     * The tags.
     *
     * @return the tags, each once
     */
    public List<String> tags() {
        return tags;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Product that
                && id.equals(that.id)
                && version == that.version
                && sku.equals(that.sku)
                && name.equals(that.name)
                && Objects.equals(category, that.category)
                && Objects.equals(brand, that.brand)
                && active == that.active
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Product[" + sku + "]";
    }

    /** Makes a {@link Product}. Not thread-safe. */
    public static final class Builder {

        private final String sku;
        private String name;
        private @Nullable String category;
        private @Nullable String brand;
        private boolean active = true;
        private List<String> tags = List.of();

        private Builder(String sku, String name) {
            this.sku = sku;
            this.name = name;
        }

        /**
         * Says the name.
         *
         * @param text the name, not blank
         * @return this builder
         */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /**
         * Says the category.
         *
         * @param text the category
         * @return this builder
         */
        public Builder category(String text) {
            this.category = Objects.requireNonNull(text, "category");
            return this;
        }

        /**
         * Says the brand.
         *
         * @param text the brand
         * @return this builder
         */
        public Builder brand(String text) {
            this.brand = Objects.requireNonNull(text, "brand");
            return this;
        }

        /**
         * Says whether it is sold now.
         *
         * @param flag whether it is
         * @return this builder
         */
        public Builder active(boolean flag) {
            this.active = flag;
            return this;
        }

        /**
         * Says the tags.
         *
         * @param all the tags; one that comes twice counts once
         * @return this builder
         */
        public Builder tags(Collection<String> all) {
            this.tags = new ArrayList<>(all);
            return this;
        }

        String sku() {
            return sku;
        }

        Product build(ProductId id) {
            return new Product(id, 1, this);
        }
    }
}
