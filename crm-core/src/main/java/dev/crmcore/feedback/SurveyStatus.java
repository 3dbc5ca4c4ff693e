package dev.crmcore.feedback;

/** How far a survey is. The names are part of the stored form. */
public enum SurveyStatus {
    /** Being written: it takes no answers, and its questions can be changed in place. */
    DRAFT,
    /** It takes answers; changed questions are its next edition. */
    PUBLISHED,
    /** It takes no more answers. */
    CLOSED
}
