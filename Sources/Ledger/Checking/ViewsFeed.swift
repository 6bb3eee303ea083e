import Domain
import Projections

/// Hands the events of a replay to a builder of views, in slices.
struct ViewsFeed {
  private static let sliceSize = 65_536

  private let builder: ViewsBuilder
  private var slice: ViewsSlice
  private var actors: [String: Int32] = [:]

  init(_ builder: ViewsBuilder, first: Int64) {
    self.builder = builder
    slice = ViewsSlice(first: first)
    slice.reserveCapacity(Self.sliceSize)
  }

  mutating func add(_ step: Replay.Step, before state: State) throws(Problem) {
    let actor = number(of: step.actor ?? "")
    if let recorded = step.recorded {
      try slice.append(recorded, actor: actor, fields: step.fields, before: state)
    } else {
      slice.append(
        type: step.type, actor: actor, tag: step.tag?.rawValue ?? 0,
        customer: step.customer?.rawValue ?? 0)
      if var reason = step.reason { reason.withUTF8 { slice.add(reason: $0) } }
      if var text = step.text { text.withUTF8 { slice.add(data: $0) } }
    }
    if slice.count == Self.sliceSize { try flush() }
  }

  mutating func flush() throws(Problem) {
    guard slice.count > 0 else { return }
    let next = slice.last + 1
    try builder.add(slice)
    slice = ViewsSlice(first: next)
    slice.reserveCapacity(Self.sliceSize)
  }

  private mutating func number(of name: String) -> Int32 {
    let number: Int32
    if let known = actors[name] {
      number = known
    } else {
      number = Int32(actors.count + 1)
      actors[name] = number
    }
    if !slice.knows(actor: number) { slice.name(actor: number, name) }
    return number
  }
}
