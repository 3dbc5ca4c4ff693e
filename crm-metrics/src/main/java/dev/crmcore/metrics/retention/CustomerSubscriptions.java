package dev.crmcore.metrics.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of one customer from the first to the last change: how much the customer paid a month at any time, and every
 * movement. Changes at the same instant are one movement: two subscriptions bought together are new business, not new business
 * and an expansion.
 *
 * <p>Immutable and thread-safe. Cost: n log n for n changes.
 */
public final class CustomerSubscriptions {

    private static final Comparator<SubscriptionChange> BY_TIME = Comparator.comparing(SubscriptionChange::effective);

    private final long customer;
    /** The instants at which the customer's whole amount may have changed, ascending, and the amounts from then on. */
    private final List<Instant> instants = new ArrayList<>();

    private final List<MonthlyAmount> amounts = new ArrayList<>();
    private final List<MrrMovement> movements;

    private CustomerSubscriptions(long customer, List<SubscriptionChange> changes) {
        this.customer = customer;
        replay(changes);
        this.movements = List.copyOf(moved());
    }

    /**
     * The subscriptions of one customer.
     *
     * @param changes all changes of that customer's subscriptions, at least one, in any order
     * @return the subscriptions
     * @throws IllegalArgumentException if there is no change, if they are of several customers, or if a subscription changes to two
     *     amounts at the same instant
     * @throws ArithmeticException if the sum of amounts does not fit
     */
    public static CustomerSubscriptions of(Collection<SubscriptionChange> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("changes must not be empty");
        }
        List<SubscriptionChange> sorted = new ArrayList<>(changes);
        long customer = sorted.get(0).customer();
        for (SubscriptionChange change : sorted) {
            if (change.customer() != customer) {
                throw new IllegalArgumentException(
                        "changes must be of one customer, not of " + customer + " and " + change.customer());
            }
        }
        sorted.sort(BY_TIME);
        return new CustomerSubscriptions(customer, sorted);
    }

    /**
     * The subscriptions of many customers, one after the other.
     *
     * @param changes all changes, in any order
     * @return each customer once, in the order of their numbers
     * @throws IllegalArgumentException if a subscription changes to two amounts at the same instant
     * @throws ArithmeticException if the sum of amounts of a customer does not fit
     */
    public static List<CustomerSubscriptions> grouped(Collection<SubscriptionChange> changes) {
        List<SubscriptionChange> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparingLong(SubscriptionChange::customer).thenComparing(BY_TIME));
        List<CustomerSubscriptions> customers = new ArrayList<>();
        for (int from = 0, to; from < sorted.size(); from = to) {
            long customer = sorted.get(from).customer();
            for (to = from + 1; to < sorted.size() && sorted.get(to).customer() == customer; ) {
                to++;
            }
            customers.add(new CustomerSubscriptions(customer, sorted.subList(from, to)));
        }
        return List.copyOf(customers);
    }

    /**
     * Whose subscriptions these are.
     *
     * @return the customer's number
     */
    public long customer() {
        return customer;
    }

    /**
     * Every movement, by time.
     *
     * @return the movements, none of which is zero
     */
    public List<MrrMovement> movements() {
        return movements;
    }

    /**
     * What the customer paid a month just before an instant.
     *
     * @param instant the instant, whose own changes do not count yet
     * @return the amount, zero before the first change
     */
    public MonthlyAmount before(Instant instant) {
        int low = 0;
        int high = instants.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (instants.get(middle).isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? MonthlyAmount.ZERO : amounts.get(low - 1);
    }

    /** Whether the customer paid anything before an instant. */
    boolean paidBefore(Instant instant) {
        return !movements.isEmpty() && movements.get(0).at().isBefore(instant);
    }

    private void replay(List<SubscriptionChange> sorted) {
        Map<Long, SubscriptionChange> current = new HashMap<>();
        MonthlyAmount total = MonthlyAmount.ZERO;
        for (int i = 0; i < sorted.size(); i++) {
            SubscriptionChange change = sorted.get(i);
            SubscriptionChange last = current.put(change.subscription(), change);
            requireUnambiguous(last, change);
            total = total.minus(monthly(last)).plus(monthly(change));
            boolean more =
                    i + 1 < sorted.size() && sorted.get(i + 1).effective().equals(change.effective());
            if (!more) {
                instants.add(change.effective());
                amounts.add(total);
            }
        }
    }

    private List<MrrMovement> moved() {
        List<MrrMovement> found = new ArrayList<>();
        MonthlyAmount before = MonthlyAmount.ZERO;
        for (int i = 0; i < amounts.size(); i++) {
            MonthlyAmount after = amounts.get(i);
            MrrMovementType type = MrrMovementType.of(before, after, !found.isEmpty());
            if (type != null) {
                found.add(new MrrMovement(customer, instants.get(i), type, after.minus(before)));
            }
            before = after;
        }
        return found;
    }

    private static MonthlyAmount monthly(@Nullable SubscriptionChange change) {
        return change == null ? MonthlyAmount.ZERO : MonthlyAmount.of(change.amount(), change.interval());
    }

    /** The same change twice is one; two amounts at once leave open which holds. */
    private static void requireUnambiguous(@Nullable SubscriptionChange last, SubscriptionChange change) {
        if (last != null
                && last.effective().equals(change.effective())
                && !monthly(last).equals(monthly(change))) {
            throw new IllegalArgumentException(
                    "changes must give a subscription one amount at an instant, but subscription "
                            + change.subscription() + " has two at " + change.effective());
        }
    }
}
