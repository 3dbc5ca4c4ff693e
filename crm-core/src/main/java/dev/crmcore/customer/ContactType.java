package dev.crmcore.customer;

/** By what a customer is reached. Names are stored and do not change. */
public enum ContactType {
    /** An e-mail address. */
    EMAIL,
    /** A phone number. */
    PHONE,
    /** A postal address. */
    POSTAL,
    /** An account on a network. */
    SOCIAL,
    /** A device that gets push messages. */
    PUSH,
    /** A web address. */
    WEB
}
