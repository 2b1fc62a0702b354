export function FamilyCards() {
  return null;
}
