package dev.crmcore.interaction;

/** Who turned to whom. Names are stored and do not change. */
public enum Direction {
    /** The customer to the company. */
    INBOUND,
    /** The company to the customer. */
    OUTBOUND
}
