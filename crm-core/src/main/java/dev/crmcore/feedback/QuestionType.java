package dev.crmcore.feedback;

/** The kinds of question. The names are part of the stored form. */
public enum QuestionType {
    /** One of several choices, all in view. */
    SINGLE_CHOICE,
    /** Any number of several choices. */
    MULTI_CHOICE,
    /** One of many choices, from a list that opens. */
    DROPDOWN,
    /** A line of text. */
    SHORT_TEXT,
    /** Text of several lines. */
    LONG_TEXT,
    /** A number. */
    NUMBER,
    /** A calendar day. */
    DATE,
    /** One to n stars. */
    RATING,
    /** Steps of agreement, each with its words. */
    SCALE,
    /** Net Promoter: likelihood to recommend, 0 to 10. */
    NPS,
    /** Customer satisfaction, 1 to 5. */
    CSAT,
    /** Customer effort. */
    CES,
    /** Several rows, each answered with one of the same choices. */
    MATRIX,
    /** Choices brought into an order, the best first. */
    RANKING,
    /** Yes or no. */
    YES_NO,
    /** A reference to a file that the host keeps. */
    FILE,
    /** How the respondent can be reached. */
    CONTACT,
    /** Agreement to the words of the question, given or refused. */
    CONSENT;

    boolean hasScore() {
        return this == RATING || this == SCALE || this == NPS || this == CSAT || this == CES;
    }

    boolean isText() {
        return this == SHORT_TEXT || this == LONG_TEXT;
    }

    boolean isOneOfChoices() {
        return this == SINGLE_CHOICE || this == DROPDOWN;
    }

    boolean isSeveralOfChoices() {
        return this == MULTI_CHOICE || this == RANKING;
    }

    boolean hasChoices() {
        return isOneOfChoices() || isSeveralOfChoices() || this == MATRIX;
    }
}
