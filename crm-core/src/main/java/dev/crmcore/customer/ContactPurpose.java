package dev.crmcore.customer;

/** What a contact point is for. Names are stored and do not change. */
public enum ContactPurpose {
    /** In private life. */
    HOME,
    /** At work. */
    WORK,
    /** Invoices. */
    BILLING,
    /** Goods. */
    SHIPPING,
    /** Offers and news. */
    MARKETING,
    /** Questions and cases. */
    SUPPORT,
    /** When nothing else helps. */
    EMERGENCY
}
