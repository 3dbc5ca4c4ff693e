package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** The frame round the models' bytes and what their layouts share. */
final class ModelBytes {

    static final String ID = "churn-model";
    static final int VERSION = 1;

    private static final int LOGISTIC = 1;
    private static final int TREES = 2;
    private static final int BLEND = 3;

    private ModelBytes() {}

    static byte[] of(ExplainedModel model) {
        StateWriter writer = new StateWriter(ID, VERSION);
        write(model, writer);
        return writer.toBytes();
    }

    static void write(ExplainedModel model, StateWriter writer) {
        if (model instanceof LogisticModel logistic) {
            logistic.write(writer.putByte(LOGISTIC));
        } else if (model instanceof BoostedTreesModel trees) {
            trees.write(writer.putByte(TREES));
        } else if (model instanceof BlendedModel blend) {
            blend.write(writer.putByte(BLEND));
        }
    }

    static ExplainedModel read(StateReader reader, boolean blendAllowed) {
        int kind = reader.getByte();
        if (kind == LOGISTIC) {
            return LogisticModel.read(reader);
        }
        if (kind == TREES) {
            return BoostedTreesModel.read(reader);
        }
        if (kind == BLEND && blendAllowed) {
            return BlendedModel.read(reader);
        }
        throw reader.malformed("unknown kind of model " + kind);
    }

    static void writeDoubles(StateWriter writer, double[] values) {
        writer.putInt(values.length);
        for (double value : values) {
            writer.putDouble(value);
        }
    }

    static double[] readDoubles(StateReader reader) {
        double[] values = new double[reader.getSize(Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = reader.getFinite();
        }
        return values;
    }

    static void writeStrings(StateWriter writer, List<String> texts) {
        writer.putInt(texts.size());
        texts.forEach(writer::putString);
    }

    static List<String> readStrings(StateReader reader) {
        int size = reader.getSize(Short.BYTES);
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(reader.getString());
        }
        return texts;
    }
}
