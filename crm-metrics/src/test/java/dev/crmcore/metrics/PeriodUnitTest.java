package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodUnitTest {

    @ParameterizedTest
    @EnumSource(PeriodUnit.class)
    @DisplayName("every day lies in the period that its number names, before and after 1970")
    void indexAndStartAgree(PeriodUnit unit) {
        LocalDate day = LocalDate.of(1895, 12, 20);
        long previous = unit.indexOf(day);
        for (int i = 0; i < 60_000; i++, day = day.plusDays(1)) {
            CalendarPeriod period = CalendarPeriod.of(unit, day);
            assertThat(day).isBetween(period.start(), period.lastDay());
            assertThat(period.index() - previous).isBetween(0L, 1L);
            previous = period.index();
        }
        assertThat(unit.indexOf(LocalDate.EPOCH)).isZero();
    }

    @Test
    @DisplayName("weeks begin on Monday")
    void isoWeeks() {
        assertThat(PeriodUnit.WEEK.startOf(-1).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(CalendarPeriod.of(PeriodUnit.WEEK, LocalDate.of(2021, 1, 3))).hasToString("2020-W53");
        assertThat(CalendarPeriod.of(PeriodUnit.WEEK, LocalDate.of(2021, 1, 4))).hasToString("2021-W01");
    }

    @Test
    @DisplayName("periods have the names that people use, whatever the locale")
    void names() {
        LocalDate day = LocalDate.of(1997, 1, 5);
        assertThat(CalendarPeriod.of(PeriodUnit.DAY, day)).hasToString("1997-01-05");
        assertThat(CalendarPeriod.of(PeriodUnit.MONTH, day)).hasToString("1997-01");
        assertThat(CalendarPeriod.of(PeriodUnit.QUARTER, day)).hasToString("1997-Q1");
        assertThat(CalendarPeriod.of(PeriodUnit.YEAR, day)).hasToString("1997");
    }

    @Test
    @DisplayName("an instant belongs to the day that the zone's clocks show")
    void zone() {
        Instant instant = Instant.parse("2024-12-31T12:30:00Z");
        assertThat(CalendarPeriod.of(PeriodUnit.YEAR, instant, ZoneId.of("Pacific/Auckland")))
                .hasToString("2025");
        assertThat(CalendarPeriod.of(PeriodUnit.YEAR, instant, ZoneId.of("America/Lima")))
                .hasToString("2024");
    }

    @Test
    @DisplayName("periods of different units do not mix")
    void unitsDoNotMix() {
        CalendarPeriod month = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2024, 1, 31));
        CalendarPeriod week = CalendarPeriod.of(PeriodUnit.WEEK, LocalDate.of(2024, 1, 31));
        assertThat(month.until(month.plus(13))).isEqualTo(13);
        assertThatThrownBy(() -> month.until(week)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> month.compareTo(week)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("spans and discount rates keep their unit")
    void spansAndRates() {
        assertThat(TimeSpan.of(39, PeriodUnit.WEEK).in(PeriodUnit.DAY)).isEqualTo(273);
        assertThat(TimeSpan.of(1, PeriodUnit.YEAR).in(PeriodUnit.MONTH)).isCloseTo(12, within(1e-12));
        DiscountRate yearly = DiscountRate.of(0.15, PeriodUnit.YEAR);
        assertThat(Math.pow(1 + yearly.in(PeriodUnit.MONTH), 12)).isCloseTo(1.15, within(1e-12));
        assertThat(Math.exp(yearly.continuous(PeriodUnit.YEAR))).isCloseTo(1.15, within(1e-12));
        assertThat(yearly.in(PeriodUnit.YEAR)).isEqualTo(0.15);
        assertThatThrownBy(() -> TimeSpan.of(-1, PeriodUnit.DAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeSpan.of(Double.NaN, PeriodUnit.DAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DiscountRate.of(-0.1, PeriodUnit.DAY)).isInstanceOf(IllegalArgumentException.class);
    }
}
