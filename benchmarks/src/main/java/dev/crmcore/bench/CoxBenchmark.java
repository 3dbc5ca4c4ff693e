package dev.crmcore.bench;

import dev.crmcore.metrics.retention.CoxFit;
import dev.crmcore.metrics.retention.CoxRegression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.biojava.nbio.survival.cox.CoxInfo;
import org.biojava.nbio.survival.cox.CoxR;
import org.biojava.nbio.survival.cox.SurvivalInfo;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A Cox regression with five covariates and Efron's ties, from columns to coefficients with their errors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the parameters, the setup the rest
public class CoxBenchmark {

    /** Who fits; each returns the sum of the coefficients and of their errors. */
    public enum Contender {
        COX_REGRESSION {
            @Override
            double fit(Subjects subjects) {
                CoxRegression regression = CoxRegression.of(subjects.columns.times());
                for (int j = 0; j < SurvivalSubjects.COVARIATES; j++) {
                    regression.covariate(column(j), subjects.columns.covariates[j]);
                }
                CoxFit fit = regression.fit();
                return fit.coefficients().stream()
                        .mapToDouble(c -> c.value() + c.standardError().orElseThrow())
                        .sum();
            }
        },
        /** The port of R's {@code coxph} for the JVM; its rows are made beforehand. */
        BIOJAVA {
            @Override
            double fit(Subjects subjects) throws Exception {
                ArrayList<String> names = new ArrayList<>();
                for (int j = 0; j < SurvivalSubjects.COVARIATES; j++) {
                    names.add(column(j));
                }
                CoxInfo info = new CoxR().process(names, new ArrayList<>(subjects.rows), false, false, false, false);
                double sum = 0;
                for (String name : names) {
                    sum += info.getCoefficient(name).getCoeff()
                            + info.getCoefficient(name).getStdError();
                }
                return sum;
            }
        };

        abstract double fit(Subjects subjects) throws Exception;
    }

    /** The same subjects as columns and as rows. */
    record Subjects(SurvivalSubjects columns, List<SurvivalInfo> rows) {}

    @Param({"1000", "10000", "100000"})
    public int n;

    @Param({"false", "true"})
    public boolean wholeDays;

    @Param
    public Contender contender;

    private Subjects subjects;

    @Setup
    public void prepare() throws Exception {
        SurvivalSubjects columns = new SurvivalSubjects(n, wholeDays, 19_720_801L);
        subjects = new Subjects(columns, rows(columns));
        double expected = Contender.BIOJAVA.fit(subjects);
        Agreement.near("Cox regression of " + n, Contender.COX_REGRESSION.fit(subjects), expected, 1e-6);
    }

    @Benchmark
    public double fit() throws Exception {
        return contender.fit(subjects);
    }

    private static List<SurvivalInfo> rows(SurvivalSubjects columns) {
        List<SurvivalInfo> rows = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            LinkedHashMap<String, Double> row = new LinkedHashMap<>();
            for (int j = 0; j < SurvivalSubjects.COVARIATES; j++) {
                row.put(column(j), columns.covariates[j][i]);
            }
            rows.add(new SurvivalInfo(columns.time[i], columns.event[i] ? 1 : 0, row));
        }
        return rows;
    }

    private static String column(int covariate) {
        return "x" + covariate;
    }
}
