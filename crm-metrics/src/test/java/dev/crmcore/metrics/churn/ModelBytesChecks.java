package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/** What holds for the bytes of every model. */
final class ModelBytesChecks {

    private ModelBytesChecks() {}

    /** Truncated and damaged bytes are refused; hostile ones with a right check sum are refused or usable. */
    static void refuseDamage(ExplainedModel model) {
        byte[] bytes = model.toBytes();
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 50) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ExplainedModel.fromBytes(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            byte[] hostile = bytes.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                hostile[4 + random.nextInt(hostile.length - 8)] =
                        (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt(256));
            }
            assertThat(catchThrowable(
                            () -> ExplainedModel.fromBytes(sealed(hostile)).toBytes()))
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isNull(),
                            thrown -> assertThat(thrown).isInstanceOf(IllegalArgumentException.class));
        }
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        int sum = (int) crc.getValue();
        for (int i = 0; i < 4; i++) {
            bytes[bytes.length - 1 - i] = (byte) (sum >>> (8 * i));
        }
        return bytes;
    }
}
