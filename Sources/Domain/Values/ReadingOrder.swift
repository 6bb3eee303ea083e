/// In which direction events are read.
package enum ReadingOrder: String, CaseIterable, Hashable, Sendable {
  case newest
  case oldest
}
