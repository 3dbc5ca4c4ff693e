package dev.crmcore.purchase;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.SearchKey;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The product catalogue of a tenant.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class Products {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the catalogue.
     *
     * @param unitOfWork where its calls run
     */
    public Products(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Adds a product, or finds the one that has its number already.
     *
     * @param draft the product
     * @return the product as it is kept; the one that was there stays as it was
     */
    public Product register(Product.Builder draft) {
        return unitOfWork.call(work -> {
            Product product = draft.build(new ProductId(work.newId()));
            Inserted<Product> inserted = work.store()
                    .insertIfAbsent(Product.TYPE, List.of(product), Product.BY_SKU)
                    .get(0);
            if (inserted.isNew()) {
                work.record(new ProductEvent("product.registered", product.id()));
            }
            return inserted.entity();
        });
    }

    /**
     * Changes a product. The number stays.
     *
     * @param id which
     * @param change gives the changed product from a builder of what it is
     * @return the product as it is kept
     * @throws NotFoundException if there is none of that id
     * @throws IllegalArgumentException if the number would change
     */
    public Product change(ProductId id, UnaryOperator<Product.Builder> change) {
        return unitOfWork.call(work -> {
            Product product = locked(work, id);
            Product.Builder changed = change.apply(product.toBuilder());
            if (!changed.sku().equals(product.sku())) {
                throw new IllegalArgumentException("the number of a product stays: " + product.sku());
            }
            Product next = product.changedTo(changed);
            if (next.equals(product)) {
                return product;
            }
            work.record(new ProductEvent("product.changed", id));
            return work.store().update(Product.TYPE, List.of(next)).get(0);
        });
    }

    private static Product locked(Work work, ProductId id) {
        return work.store().lock(Product.TYPE, id).orElseThrow(() -> new NotFoundException("product", id));
    }

    /**
     * Finds a product.
     *
     * @param id its id
     * @return the product, if there is one
     */
    public Optional<Product> find(ProductId id) {
        return unitOfWork.call(work -> work.store().find(Product.TYPE, id));
    }

    /**
     * Finds a product by the seller's number.
     *
     * @param sku the number
     * @return the product, if there is one
     */
    public Optional<Product> findBySku(String sku) {
        return unitOfWork.call(work ->
                work
                        .store()
                        .list(Query.of(Product.TYPE).where(Product.SKU.is(sku)).limit(1))
                        .stream()
                        .findFirst());
    }

    /**
     * Lists products whose name begins with a text, whatever the case and the accents, by name.
     *
     * @param prefix the beginning of the name; empty for all
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<Product> listByName(String prefix, int limit, @Nullable Cursor after) {
        Condition<Product> named = Product.NAME_KEY.startsWith(SearchKey.of(prefix));
        Query<Product> query = Query.of(Product.TYPE)
                .where(named)
                .orderBy(Order.ascending(Product.NAME_KEY))
                .limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }
}
