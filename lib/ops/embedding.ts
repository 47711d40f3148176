import { run } from "../tensor/mod.ts";
import { assertDType, assertShapes, type Op } from "./op.ts";
import { RowGradient } from "./row_gradient.ts";

/**
 * Rows of a table: y[i] = weight[ids[i]]. Inputs weight (vocabulary, columns), ids int32 of any shape; a negative id gives zeros.
 * Repeated ids accumulate in the gradient; the row `paddingIndex` takes none (-1: no such row).
 * @throws RangeError naming an id outside the table, where the ids' values are known on the host
 */
export const embedding: Op<{ paddingIndex: number }> = {
  name: "embedding",
  forward([weight, ids]) {
    assertShapes("embedding", weight.shape.length === 2, "weight must be (vocabulary, columns)", weight, ids);
    assertDType("embedding", "int32", "ids", ids);
    const [vocabulary, columns] = weight.shape;
    const outside = ids.hostData?.find((id) => id >= vocabulary);
    if (outside !== undefined) {
      throw new RangeError(
        `embedding: id ${outside} is outside the table of ${vocabulary} rows; ids go from 0 to ${vocabulary - 1}.`,
      );
    }
    const look = () => run("embedding", [weight, ids], [[...ids.shape, columns]], { rows: ids.size, columns });
    const [y] = ids.hostData ? weight.storage.withRows(ids.hostData, look) : look();
    return { y, saved: [ids] };
  },
  backward(dy, { saved: [ids], shapes: [[vocabulary, columns]], options: { paddingIndex } }) {
    // fewer ids than rows leave most of the table without a gradient
    if (ids.hostData && ids.size < vocabulary) {
      return [RowGradient.of([vocabulary, columns], ids.hostData, dy, paddingIndex), null];
    }
    const uniforms = { rows: ids.size, columns, vocabulary, paddingIndex };
    const [dweight] = run("embedding_grad", [ids, dy], [[vocabulary, columns]], uniforms);
    return [dweight, null];
  },
};
