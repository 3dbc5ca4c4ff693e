package dev.crmcore.feedback;

/** What a question for contact details asks. The names are part of the stored form. */
public enum ContactField {
    /** The name. */
    NAME,
    /** The company. */
    COMPANY,
    /** An e-mail address. */
    EMAIL,
    /** A phone number with its country code. */
    PHONE,
    /** A postal address, as one text. */
    ADDRESS
}
