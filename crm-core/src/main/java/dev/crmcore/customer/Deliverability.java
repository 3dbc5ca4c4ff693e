package dev.crmcore.customer;

/** What became of the last messages to a contact point. Names are stored and do not change. */
public enum Deliverability {
    /** Nothing is known against it. */
    OK,
    /** The last messages came back for a passing reason: a full mailbox, a phone switched off. */
    SOFT_BOUNCE,
    /** There is no such address. */
    HARD_BOUNCE,
    /** Whoever has it called a message unwanted. */
    COMPLAINED
}
