/// A state that is passed from hand to hand: a copy is one reference, whatever the state is made of.
package final class Snapshot: Sendable {
  package let state: State

  package init(_ state: State) {
    self.state = state
  }
}
