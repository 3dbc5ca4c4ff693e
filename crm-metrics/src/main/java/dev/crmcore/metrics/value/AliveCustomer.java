package dev.crmcore.metrics.value;

/**
 * What a customer does who has made a certain number of repeat purchases and is known to be alive at the end of the
 * observation. Times are in the model's unit. One serves all customers with that number. Not thread-safe.
 */
interface AliveCustomer {

    /** P(still alive a time t later). */
    double survival(double age, double t);

    /** E[purchases within t]. */
    double purchases(double age, double t);

    /** P(n purchases within t) for n = 0 &hellip; most. */
    double[] distribution(double age, double t, int most);

    /** E[all purchases to come], each discounted continuously at a positive rate. */
    double discountedPurchases(double age, double rate);
}
