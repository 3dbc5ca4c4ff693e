package dev.crmcore.customer;

/** How much the values of an attribute say of a person. Names are stored and do not change. */
public enum DataClass {
    /** Nothing: refused values may be shown in messages. */
    PUBLIC,
    /** Something of a person: values are in no message. */
    PERSONAL,
    /** Something that law protects more, such as health or belief: values are in no message. */
    SENSITIVE
}
