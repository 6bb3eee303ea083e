import APITypes
import Domain
import Ledger

/// Says what an undo leaves alone, and why.
struct LeftTeller: Sendable {
  let state: State
  let logins: LoginNames
  let language: Language
  let names: [CustomerID: String]

  func tell(_ left: Domain.LeftAlone) -> APITypes.LeftAlone {
    var answer = APITypes.LeftAlone(
      tag: left.tag.map { Reference(id: $0.rawValue, name: state.tag($0)?.name.text) },
      customer: left.customer.map { Reference(id: $0.rawValue, name: names[$0]) },
      why: .changed, sentence: subject(left) + colon + why(left.why) + ".")
    switch left.why {
    case .changed(let touch):
      answer.seq = touch?.seq
      answer.by = touch?.actor
    case .nameTaken: answer.why = .nameTaken
    case .keyTaken: answer.why = .keyTaken
    case .setHeld: answer.why = .setHeld
    case .tagInUse: answer.why = .tagInUse
    case .tagArchived: answer.why = .tagArchived
    case .registered: answer.why = .registered
    case .erased: answer.why = .erased
    case .ruleRemoved: answer.why = .ruleRemoved
    }
    return answer
  }

  private var colon: String { language == .fr ? " : " : ": " }

  private func quoted(_ tag: TagID) -> String {
    let name = state.tag(tag)?.name.text ?? "\(tag.rawValue)"
    return language == .fr ? "« \(name) »" : "“\(name)”"
  }

  private func subject(_ left: Domain.LeftAlone) -> String {
    if case .team(let subject) = left.subject { return team(subject) }
    if case .rule(let id) = left.subject {
      let name = state.rules[id]?.name ?? "\(id.rawValue)"
      return language == .fr ? "« \(name) »" : "“\(name)”"
    }
    if case .segments(let subject) = left.subject { return segments(subject) }
    let tag = left.tag.map(quoted)
    let customer = left.customer.map { language.customer($0.rawValue, names[$0]) }
    return [tag, customer].compactMap(\.self).joined(separator: ", ")
  }

  private func team(_ subject: TeamSubject) -> String {
    let team = state.team
    func named(_ name: String?, _ number: Int32) -> String {
      language == .fr ? "« \(name ?? "\(number)") »" : "“\(name ?? "\(number)")”"
    }
    switch subject {
    case .operator(let id), .identity(_, let id): return named(team[id]?.name, id.rawValue)
    case .role(let id): return named(team[id]?.name, id.rawValue)
    case .token(let id): return named(team[id]?.name, id.rawValue)
    case .grant(let id):
      let grant = team[id]
      let role = grant.flatMap { team[$0.role]?.name }
      let holder = grant.flatMap { team[$0.holder]?.name }
      return [role, holder].compactMap(\.self).joined(separator: ", ")
    }
  }

  private func why(_ why: Domain.LeftAlone.Why) -> String {
    switch why {
    case .changed(let touch?):
      let actor = Actor(name: touch.actor, via: .local)
      let who =
        actor.rule.map { language.rule($0, version: nil, in: state) }
        ?? logins.name(of: actor, in: state.team, language)
      return say(
        "changed since by \(who), with event \(touch.seq)",
        "modifié depuis par \(who), avec l’événement \(touch.seq)",
        "alterado depois por \(who), com o evento \(touch.seq)")
    case .changed(nil):
      return say(
        "it is not any more as that command left it",
        "ce n’est plus comme cette commande l’a laissé",
        "não está mais como aquele comando deixou")
    case .nameTaken(let tag):
      return say(
        "its name is that of tag \(tag.rawValue) now",
        "son nom est maintenant celui de l’étiquette \(tag.rawValue)",
        "o nome agora é da etiqueta \(tag.rawValue)")
    case .keyTaken(let customer):
      return say(
        "the phone or the reference is that of customer \(customer.rawValue) now",
        "le téléphone ou la référence est maintenant celui du client \(customer.rawValue)",
        "o telefone ou a referência agora é do cliente \(customer.rawValue)")
    case .setHeld(let tag):
      return say(
        "\(quoted(tag)) of the same set is held now",
        "\(quoted(tag)), du même ensemble, est portée maintenant",
        "\(quoted(tag)), do mesmo conjunto, está aplicada agora")
    case .tagInUse(let customers):
      return say(
        "others have given it to customers (\(customers))",
        "d’autres l’ont donnée à des clients (\(customers))",
        "outros a aplicaram a clientes (\(customers))")
    case .tagArchived:
      return say("the tag is archived", "l’étiquette est archivée", "a etiqueta está arquivada")
    case .erased:
      return say(
        "the customer has been erased", "le client a été effacé", "o cliente foi apagado")
    case .ruleRemoved:
      return say(
        "a rule that has been removed stays away; create it anew, with a reason and a preview",
        "une règle retirée le reste ; créez-la de nouveau, avec un motif et un aperçu",
        "uma regra removida não volta; crie-a de novo, com um motivo e uma prévia")
    case .registered:
      return say(
        "who has been registered stays", "qui a été inscrit le reste",
        "quem foi cadastrado permanece")
    }
  }

  private func say(_ english: String, _ french: String, _ portuguese: String) -> String {
    switch language {
    case .en: english
    case .fr: french
    case .pt: portuguese
    }
  }
}

extension Domain.LeftAlone {
  var tag: TagID? {
    switch subject {
    case .tag(let tag): tag
    case .membership(let membership): membership.tag
    case .customer, .team, .rule, .segments: nil
    }
  }

  var customer: CustomerID? {
    switch subject {
    case .customer(let customer): customer
    case .membership(let membership): membership.customer
    case .tag, .team, .rule, .segments: nil
    }
  }
}
