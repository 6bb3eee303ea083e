/// By what events are found. The numbers are a format: they stand in `posting.facet`.
enum Facet: Int64, CaseIterable, Sendable {
  case customer = 1
  case tag = 2
  case actor = 3
  case type = 4
  case wording = 5
}
