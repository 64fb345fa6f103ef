/** Who acts in the fixture of the dashboard; the administrator aside. */
export const INGRID = { id: "person:p1", name: "Ingrid Holm", party: "client" } as const;
export const DANIEL = { id: "person:p2", name: "Daniel Ortega", party: "client" } as const;
export const MARISOL = { id: "person:p3", name: "Marisol Reyes", party: "provider" } as const;
