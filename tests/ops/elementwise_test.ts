import { apply } from "../../lib/autograd/mod.ts";
import { add, gelu, scale, sum, tanh } from "../../lib/ops/mod.ts";
import { normalValues, testOp } from "../test_op.ts";

const shapes = [[1], [3], [4, 9], [2, 3, 5], [37, 129], [70_001]];
const small = shapes.slice(0, 4);
const unary = (wide: number) =>
  small.map((shape, i) => ({ name: `(${shape})`, inputs: [normalValues(shape, i, wide)] }));

testOp({
  name: "gelu()",
  references: [{ op: "gelu", inputs: ["x"], call: ([x]) => apply(gelu, [x]) }],
  cases: unary(2).map((test) => ({ ...test, call: ([x]) => apply(gelu, [x]) })),
});

testOp({
  name: "tanh()",
  references: [{ op: "tanh", inputs: ["x"], call: ([x]) => apply(tanh, [x]) }],
  cases: unary(2).map((test) => ({ ...test, call: ([x]) => apply(tanh, [x]) })),
});

testOp({
  name: "scale()",
  cases: unary(1).map((test) => ({ ...test, call: ([x]) => apply(scale, [x], { factor: -1.5 }) })),
});

testOp({
  name: "add()",
  cases: small.map((shape, i) => ({
    name: `(${shape})`,
    inputs: [normalValues(shape, i), normalValues(shape, i + 10)],
    call: ([a, b]) => apply(add, [a, b]),
  })),
});

testOp({
  name: "add() of a tensor to itself",
  cases: [{ name: "x + x", inputs: [normalValues([5], 1)], call: ([x]) => apply(add, [x, apply(add, [x, x])]) }],
});

testOp({
  name: "sum()",
  references: [{
    op: "sum",
    inputs: ["x"],
    call: ([x]) => apply(sum, [x], { factor: 1 }),
    except: exceptAxes("sum"),
  }, {
    op: "mean",
    inputs: ["x"],
    call: ([x]) => apply(sum, [x], { factor: 1 / x.size }),
    except: exceptAxes("mean"),
  }],
  cases: small.map((shape, i) => ({
    name: `(${shape})`,
    inputs: [normalValues(shape, i)],
    call: ([x]) => apply(sum, [x], { factor: 0.5 }),
  })),
});

// sums over single axes are another op's rows
function exceptAxes(op: string): Record<string, string> {
  const axes = ["0", "1", "2", "-1", "0_2", "1_2"];
  return Object.fromEntries(
    axes.flatMap((axis) => ["drop", "keep"].map((end) => [`${op}_${axis}_${end}`, "over one axis"])),
  );
}
