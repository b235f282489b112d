export interface Quote {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly totalCents: number;
}

/** Ten percent off from ten pieces on. */
export function quote(sku: string, quantity: number): Quote {
  const unitPriceCents = 500 + ((sku.length * 137) % 1000);
  const full = unitPriceCents * quantity;
  return {
    sku,
    quantity,
    unitPriceCents,
    totalCents: quantity >= 10 ? Math.round(full * 0.9) : full,
  };
}
