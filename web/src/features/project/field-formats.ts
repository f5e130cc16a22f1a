import { filterOp, isOperand, operandShape } from '@/fields/filter-ops.ts';
import type { FieldFormat, FieldInfo } from '@/sync/types.ts';

/** Whether a format says all that it needs. */
export function isComplete(format: FieldFormat, type: FieldInfo['type']): boolean {
  const op = filterOp(format.op);
  return op !== undefined && isOperand(operandShape(op, type), format.value);
}
