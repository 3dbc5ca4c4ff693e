package dev.crmcore.metrics.retention;

import java.util.List;

/** What a Cox regression was fitted on. */
record CoxData(SurvivalTimes times, Labels strata, TiedEvents ties, List<String> names, long events) {}
