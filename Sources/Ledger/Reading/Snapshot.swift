import Domain

/// A state that is passed from hand to hand: a copy is one reference, whatever the state is made of.
final class Snapshot: Sendable {
  let state: State

  init(_ state: State) {
    self.state = state
  }
}
