package dev.crmcore.internal.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import org.jspecify.annotations.Nullable;

/**
 * A number that can be dialled from anywhere.
 *
 * @param e164 a plus and digits
 * @param extension digits to dial afterwards, if there are any
 * @param region the country, if the number belongs to one
 * @param assigned whether the numbering plan has assigned its range
 */
public record DialledNumber(
        String e164, @Nullable String extension, @Nullable String region, boolean assigned) {
    private static final String NO_REGION = "ZZ";
    private static final String INTERNATIONAL_PREFIX = "00";

    /**
     * Reads a number. A beginning {@code 00} is read as {@code +} wherever that makes a number of an assigned range, for
     * people write it so in countries whose own prefix is another.
     *
     * @param text as typed
     * @param region country whose numbers are written without prefix, or {@code null}
     * @return the number
     * @throws IllegalArgumentException if there is none; the message is the reason, without the text
     */
    public static DialledNumber read(String text, @Nullable String region) {
        if (text.startsWith(INTERNATIONAL_PREFIX)) {
            String international = "+" + text.substring(INTERNATIONAL_PREFIX.length());
            if (region == null) {
                return readAs(international, NO_REGION);
            }
            try {
                DialledNumber number = readAs(international, NO_REGION);
                if (number.assigned) {
                    return number;
                }
            } catch (IllegalArgumentException e) {
                // not meant as an international prefix: read as a number of the region below
            }
        }
        return readAs(text, region == null ? NO_REGION : region);
    }

    private static DialledNumber readAs(String text, String region) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            Phonenumber.PhoneNumber number = phones.parse(text, region);
            ValidationResult length = phones.isPossibleNumberWithReason(number);
            if (length != ValidationResult.IS_POSSIBLE) {
                throw new IllegalArgumentException(reason(length));
            }
            return new DialledNumber(
                    phones.format(number, PhoneNumberFormat.E164),
                    number.hasExtension() ? number.getExtension() : null,
                    country(phones.getRegionCodeForNumber(number)),
                    phones.isValidNumber(number));
        } catch (NumberParseException e) {
            throw new IllegalArgumentException(reason(e.getErrorType()), e);
        }
    }

    /** 001 stands for numbers of no country, such as international freephone. */
    private static @Nullable String country(@Nullable String region) {
        return region == null || region.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY) ? null : region;
    }

    private static String reason(ValidationResult length) {
        return switch (length) {
            case TOO_SHORT -> "is too short for its country";
            case TOO_LONG -> "is too long for its country";
            case IS_POSSIBLE_LOCAL_ONLY -> "has no area code";
            case INVALID_COUNTRY_CODE -> "has a country code that does not exist";
            default -> "has a length that does not occur in its country";
        };
    }

    private static String reason(NumberParseException.ErrorType error) {
        return switch (error) {
            case INVALID_COUNTRY_CODE -> "has no country code that exists, and no region is given";
            case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> "is too short";
            case TOO_LONG -> "is too long";
            default -> "is not a phone number";
        };
    }
}
