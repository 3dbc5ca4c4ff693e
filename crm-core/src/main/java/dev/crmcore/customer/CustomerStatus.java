package dev.crmcore.customer;

/** Whether a customer is dealt with. Names are stored and do not change. */
public enum CustomerStatus {
    /** A customer of today. */
    ACTIVE,
    /** A customer of the past: kept, found, not approached. */
    INACTIVE
}
