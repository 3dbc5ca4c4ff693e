package dev.crmcore.interaction;

/** By what way two sides meet. Names are stored and do not change. */
public enum Channel {
    /** E-mail. */
    EMAIL,
    /** Text message. */
    SMS,
    /** Phone call. */
    CALL,
    /** Chat. */
    CHAT,
    /** A visit at the customer's. */
    VISIT,
    /** A web site or an app. */
    WEB,
    /** A social network. */
    SOCIAL,
    /** A letter. */
    POST,
    /** A meeting, in one room or not. */
    MEETING,
    /** A shop. */
    IN_STORE
}
