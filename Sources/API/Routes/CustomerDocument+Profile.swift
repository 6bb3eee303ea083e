import APITypes
import Domain
import Ledger

extension CustomerDocument: Writable {}

extension CustomerDocument {
  init(_ profile: CustomerProfile, in state: State, registered: Timestamp?, erased: Timestamp?) {
    func text(_ field: PersonalField) -> String? {
      profile.personal[field].flatMap { $0.isEmpty ? nil : $0 }
    }
    self.init(
      id: profile.id.rawValue, name: text(.name), phone: text(.phone), notes: text(.notes),
      attributes: Self.list(text(.attributes)), needs: Self.list(text(.needs)), ref: text(.ref),
      channel: profile.channel,
      tags: profile.tags.compactMap { state.tag($0).map(Reference.init) },
      mergedInto: profile.mergedInto?.rawValue, registered: registered?.text,
      erased: erased?.text,
      revision: profile.revision)
  }

  /// One entry a line, as personal fields keep lists.
  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n").map(String.init)
  }

  /// Takes in what a draft changes, as the state that follows from it shows it.
  mutating func take(_ draft: Domain.CustomerDraft, in state: State) {
    for (field, value) in draft.personal {
      let text = value.isEmpty ? nil : value
      switch field {
      case .name: name = text
      case .phone: phone = text
      case .notes: notes = text
      case .ref: ref = text
      case .attributes: attributes = Self.list(text)
      case .needs: needs = Self.list(text)
      }
    }
    channel = state.channel(of: CustomerID(id))
    revision = state.revision(of: CustomerID(id))
  }
}
