package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseLine;
import dev.crmcore.purchase.Purchases;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import dev.crmcore.work.Work;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows are purchases: who, when, how much; optionally how many of what, in which order and currency.
 *
 * <p>Rows with one order id that stand together are the lines of one purchase; the same order id further down is a
 * duplicate when it says the same and invalid when it does not. A row without an order id is a purchase of its own, known
 * by its content and its occurrence. The amount is what the row comes to, for the whole quantity; it may be zero or
 * negative. An order is taken whole or not at all: one row that is rejected makes the others invalid, and a row that cannot
 * be taken apart does so to the order that stands directly before it, of which it may have been a line.
 *
 * <p>Immutable and thread-safe.
 */
public final class PurchaseImport extends ImportPlan {

    /** Who bought: the customer's id in the other system. Required. */
    public static final String CUSTOMER_ID = "customer_id";

    /** When: a day, a local time or an instant, in ISO 8601. Required. */
    public static final String DATE = "date";

    /** What the row comes to, in whole units of the currency. Required. */
    public static final String AMOUNT = "amount";

    /** How many; 1 unless said. */
    public static final String QUANTITY = "quantity";

    /** The order's id in the other system. */
    public static final String ORDER_ID = "order_id";

    /** The seller's number of the thing. */
    public static final String PRODUCT_ID = "product_id";

    /** The ISO 4217 code of the amount. */
    public static final String CURRENCY = "currency";

    private static final List<String> REQUIRED = List.of(CUSTOMER_ID, DATE, AMOUNT);
    private static final List<String> KNOWN =
            List.of(CUSTOMER_ID, DATE, AMOUNT, QUANTITY, ORDER_ID, PRODUCT_ID, CURRENCY);
    private static final int UNIT_PRICE_SCALE = 10;

    /** Lines that an order may have: with more, most likely the column is none of order ids. */
    private static final int MAX_LINES = 10_000;

    private final String source;
    private final ColumnMapping columns;
    private final ZoneId zone;
    private final @Nullable String currency;
    private final boolean createCustomers;

    private PurchaseImport(
            String source, ColumnMapping columns, ZoneId zone, @Nullable String currency, boolean createCustomers) {
        this.source = source;
        this.columns = columns;
        this.zone = zone;
        this.currency = currency;
        this.createCustomers = createCustomers;
    }

    /**
     * Begins a plan: days and times in UTC, no currency but the file's, customers must exist.
     *
     * @param source the system whose ids the file has; customers are found under it, and purchases are kept under it
     * @return the plan
     */
    public static PurchaseImport from(String source) {
        return new PurchaseImport(
                Objects.requireNonNull(source, "source"), ColumnMapping.of(KNOWN), ZoneOffset.UTC, null, false);
    }

    /**
     * The same, where the file calls a column otherwise.
     *
     * @param column one of the constants of this class
     * @param nameInFile what the file calls it
     * @return a copy
     * @throws IllegalArgumentException if there is no such column
     */
    public PurchaseImport column(String column, String nameInFile) {
        return new PurchaseImport(source, columns.with(column, nameInFile), zone, currency, createCustomers);
    }

    /**
     * The same, with days and local times in a zone. A day begins a purchase at its first moment.
     *
     * @param days the zone
     * @return a copy
     */
    public PurchaseImport zone(ZoneId days) {
        return new PurchaseImport(source, columns, Objects.requireNonNull(days, "zone"), currency, createCustomers);
    }

    /**
     * The same, with a currency for rows that name none.
     *
     * @param code the ISO 4217 code
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if there is no such currency
     */
    public PurchaseImport currency(String code) {
        return new PurchaseImport(source, columns, zone, Money.zero(code).currencyCode(), createCustomers);
    }

    /**
     * The same, where customers that a row names and nobody knows are registered by their id alone.
     *
     * @return a copy
     */
    public PurchaseImport createMissingCustomers() {
        return new PurchaseImport(source, columns, zone, currency, true);
    }

    @Override
    void checkHeader(List<String> header) {
        columns.requireIn(header, REQUIRED);
    }

    @Override
    Intake begin() {
        return new PurchaseIntake();
    }

    /** One purchase to be: the rows that make it. */
    private static final class Order {

        private final Optional<String> orderId;
        private final List<Parsed> rows = new ArrayList<>();

        /** Whether one of its rows was rejected: an order is taken whole or not at all. */
        private boolean spoilt;

        /** Whether a row that cannot be taken apart followed: it may have been one of its own. */
        private boolean doubtful;

        Order(Optional<String> orderId) {
            this.orderId = orderId;
        }

        Parsed first() {
            return rows.get(0);
        }

        Purchase.Draft draft(CustomerId customer, ExternalId externalId) {
            Purchase.Draft draft =
                    Purchase.by(customer).at(first().placedAt).externalId(externalId.system(), externalId.value());
            rows.forEach(row -> draft.line(row.line));
            return draft;
        }
    }

    /** A purchase that can be written, and what it is known by. */
    private record Ready(Order order, ExternalId externalId) implements NamedCustomers.Named {

        @Override
        public ExternalId customer() {
            return order.first().customer;
        }

        Purchase.Draft draft(CustomerId buyer) {
            return order.draft(buyer, externalId);
        }
    }

    /** What one row says. */
    private record Parsed(Row row, ExternalId customer, Instant placedAt, PurchaseLine line, String content) {

        Reject reject(String column, String value, String reason) {
            return new Reject(row.line(), column, value, reason);
        }
    }

    private final class PurchaseIntake implements Intake, NamedCustomers.Refusals<Ready> {

        private final RowIds ids = new RowIds();
        private final NamedCustomers<Ready> customers = new NamedCustomers<>(
                createCustomers, new NamedCustomers.Records<>(Purchase.TYPE, Purchase.SOURCE, Purchase.EXTERNAL_ID));
        private final List<Ready> ready = new ArrayList<>();
        private @Nullable Order open;

        @Override
        public void take(Row row, Tally tally) {
            Order order = orderOf(orderId(row, tally), tally);
            try {
                Parsed parsed = parse(row);
                if (order.rows.size() == MAX_LINES) {
                    throw new RowReading(row, columns)
                            .refuse(ORDER_ID, order.orderId.orElse(""), "has more than " + MAX_LINES + " lines");
                }
                if (!order.rows.isEmpty()) {
                    requireSameOrder(order.first(), parsed);
                }
                order.rows.add(parsed);
            } catch (RowReading.RejectedRow e) {
                order.spoilt = true;
                throw e;
            }
        }

        /** The order's id; a row whose id is no such thing ends the open order. */
        private Optional<String> orderId(Row row, Tally tally) {
            try {
                return new RowReading(row, columns)
                        .find(ORDER_ID, text -> ExternalId.of(source, text).value());
            } catch (RowReading.RejectedRow e) {
                end(tally);
                throw e;
            }
        }

        /** The open order where the row belongs to it, a new one otherwise. */
        private Order orderOf(Optional<String> orderId, Tally tally) {
            Order order = open;
            if (order == null || orderId.isEmpty() || !orderId.equals(order.orderId)) {
                end(tally);
                order = new Order(orderId);
                open = order;
            }
            return order;
        }

        private Parsed parse(Row row) {
            RowReading reading = new RowReading(row, columns);
            ExternalId customer = reading.require(CUSTOMER_ID, text -> ExternalId.of(source, text));
            Instant placedAt = reading.requireInstant(DATE, zone);
            String code = reading.find(CURRENCY, text -> Money.zero(text).currencyCode())
                    .or(() -> Optional.ofNullable(currency))
                    .orElseThrow(() -> reading.refuse(CURRENCY, "", "is missing, and the import names none"));
            Money amount = reading.require(AMOUNT, text -> Money.of(text, code));
            if (!amount.equals(amount.rounded())) {
                throw reading.refuse(AMOUNT, reading.require(AMOUNT), "is finer than the minor unit of " + code);
            }
            BigDecimal quantity = reading.find(QUANTITY, RowReading::decimal).orElse(BigDecimal.ONE);
            Optional<String> product = reading.text(PRODUCT_ID);
            return new Parsed(
                    row,
                    customer,
                    placedAt,
                    line(reading, product, quantity, amount),
                    ids.content(List.of(
                            customer.value(),
                            placedAt.toString(),
                            amount.amount().toPlainString(),
                            code,
                            quantity.stripTrailingZeros().toPlainString(),
                            product.orElse(""))));
        }

        private PurchaseLine line(RowReading reading, Optional<String> product, BigDecimal quantity, Money amount) {
            if (quantity.signum() <= 0) {
                throw reading.refuse(
                        QUANTITY, quantity.toPlainString(), "must be greater than 0; what comes back is a return");
            }
            BigDecimal price = amount.amount().divide(quantity, UNIT_PRICE_SCALE, RoundingMode.HALF_UP);
            try {
                PurchaseLine line =
                        PurchaseLine.of(product.orElse(null), quantity, Money.of(price, amount.currencyCode()));
                if (!line.total().equals(amount)) {
                    throw reading.refuse(QUANTITY, quantity.toPlainString(), "is too large for the amount");
                }
                return line;
            } catch (RuleViolationException e) {
                throw reading.refuse(QUANTITY, quantity.toPlainString(), "has too many digits");
            }
        }

        private void requireSameOrder(Parsed first, Parsed next) {
            RowReading reading = new RowReading(next.row, columns);
            String differs = "differs from the order's first line";
            if (!next.customer.equals(first.customer)) {
                throw reading.refuse(CUSTOMER_ID, next.customer.value(), differs);
            }
            if (!next.placedAt.equals(first.placedAt)) {
                throw reading.refuse(DATE, next.placedAt.toString(), differs);
            }
            String code = next.line.unitPrice().currencyCode();
            if (!code.equals(first.line.unitPrice().currencyCode())) {
                throw reading.refuse(CURRENCY, code, differs);
            }
        }

        @Override
        public void damaged() {
            if (open != null && open.orderId.isPresent()) {
                open.doubtful = true;
            }
        }

        @Override
        public void end(Tally tally) {
            Order order = open;
            open = null;
            if (order == null || order.rows.isEmpty()) {
                return;
            }
            if (order.spoilt) {
                rejectAll(tally, order, "has another line that was rejected");
            } else if (order.doubtful) {
                rejectAll(tally, order, "may have another line: the row after it is damaged");
            } else if (order.orderId.isEmpty()) {
                ready.add(new Ready(order, ExternalId.of(source, ids.byContent(order.first().content))));
            } else {
                endOrder(order, order.orderId.get(), tally);
            }
        }

        private void endOrder(Order order, String id, Tally tally) {
            String content = order.rows.stream().map(Parsed::content).collect(Collectors.joining());
            switch (ids.byId(id, content)) {
                case FIRST -> ready.add(new Ready(order, ExternalId.of(source, id)));
                case REPEATED -> tally.duplicate(order.rows.size());
                case CONTRADICTING ->
                    rejectAll(
                            tally, order, "stands further up with other content; the lines of an order stand together");
            }
        }

        private void rejectAll(Tally tally, Order order, String reason) {
            String id = order.orderId.orElse("");
            for (Parsed row : order.rows) {
                tally.reject(row.reject(columns.inFile(ORDER_ID), id, reason));
            }
        }

        @Override
        public long openSince() {
            return open == null || open.rows.isEmpty()
                    ? Long.MAX_VALUE
                    : open.first().row.line();
        }

        @Override
        public int pending() {
            return ready.size();
        }

        @Override
        public void write(Work work, Tally tally) {
            take(customers.resolve(work, ready, this, tally), new Purchases(work)::recordAll, tally);
        }

        @Override
        public void rehearse(Work work, Tally tally) {
            take(customers.rehearse(work, ready, this, tally), new Purchases(work)::previewAll, tally);
        }

        private void take(
                List<NamedCustomers.Resolved<Ready>> resolved,
                Function<List<Purchase.Draft>, List<Inserted<Purchase>>> taking,
                Tally tally) {
            List<Purchase.Draft> drafts = resolved.stream()
                    .map(each -> each.row().draft(each.customer()))
                    .toList();
            List<Inserted<Purchase>> outcomes = taking.apply(drafts);
            for (int i = 0; i < outcomes.size(); i++) {
                count(tally, resolved.get(i).row().order, drafts.get(i), outcomes.get(i));
            }
        }

        @Override
        public void recorded(Ready row, Tally tally) {
            rejectAll(tally, row.order, "is recorded with other content");
        }

        @Override
        public void unknown(Ready row, String reason, Tally tally) {
            String column = columns.inFile(CUSTOMER_ID);
            row.order.rows.forEach(
                    each -> tally.reject(each.reject(column, row.customer().value(), reason)));
        }

        private void count(Tally tally, Order order, Purchase.Draft draft, Inserted<Purchase> outcome) {
            if (outcome.isNew()) {
                tally.created(order.rows.size());
            } else if (draft.isRecordedAs(outcome.entity())) {
                tally.unchanged(order.rows.size());
            } else {
                rejectAll(tally, order, "is recorded with other content");
            }
        }

        @Override
        public void clear() {
            ready.clear();
        }
    }
}
