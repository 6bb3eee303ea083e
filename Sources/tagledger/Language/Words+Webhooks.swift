import APITypes

// Programs that are told what happens.
extension Words {
  var webhookAddress: String { say(en: "Address", pt: "Endereço", fr: "Adresse") }
  var webhookCursor: String { say(en: "Told up to", pt: "Contado até", fr: "Dit jusqu’à") }
  var webhookDelivered: String { say(en: "Delivered", pt: "Entregues", fr: "Livrés") }
  var webhookDead: String { say(en: "Dead letters", pt: "Cartas mortas", fr: "Lettres mortes") }
  var webhookDropped: String {
    say(en: "Dropped letters", pt: "Cartas descartadas", fr: "Lettres abandonnées")
  }
  var webhookAttempts: String { say(en: "Tries", pt: "Tentativas", fr: "Essais") }

  func webhookState(_ state: WebhookDocument.State) -> String {
    switch state {
    case .active: say(en: "active", pt: "ativo", fr: "actif")
    case .paused: say(en: "paused", pt: "pausado", fr: "suspendu")
    case .failing: say(en: "failing", pt: "falhando", fr: "en échec")
    }
  }

  func webhookAdded(_ id: Int32, secret: String?) -> String {
    let added = say(
      en: "Webhook \(id) is told what happens from now on.",
      pt: "O webhook \(id) fica sabendo do que acontece a partir de agora.",
      fr: "Le webhook \(id) apprend ce qui se passe à partir de maintenant.")
    guard let secret else { return added }
    let label = say(
      en: "Its secret, shown only now:", pt: "O segredo, mostrado só agora:",
      fr: "Son secret, montré seulement maintenant :")
    return "\(added)\n\(label)\n  \(secret)"
  }

  func webhookRevised(_ id: Int32) -> String {
    say(
      en: "Webhook \(id) has been changed.", pt: "O webhook \(id) foi mudado.",
      fr: "Le webhook \(id) a été modifié.")
  }

  func webhookPaused(_ id: Int32) -> String {
    say(
      en: "Webhook \(id) is paused.", pt: "O webhook \(id) está pausado.",
      fr: "Le webhook \(id) est suspendu.")
  }

  func webhookResumed(_ id: Int32) -> String {
    say(
      en: "Webhook \(id) goes on from where it was.",
      pt: "O webhook \(id) continua de onde estava.",
      fr: "Le webhook \(id) reprend où il en était.")
  }

  func webhookRemoved(_ id: Int32) -> String {
    say(
      en: "Webhook \(id) is removed.", pt: "O webhook \(id) foi removido.",
      fr: "Le webhook \(id) est retiré.")
  }

  func asksRemoveWebhook(_ id: Int32, _ url: String) -> String {
    say(
      en: "Remove webhook \(id) to \(url), with its dead letters?",
      pt: "Remover o webhook \(id) para \(url), com as cartas mortas?",
      fr: "Retirer le webhook \(id) vers \(url), avec ses lettres mortes ?")
  }

  func webhookTested(_ status: Int?, failure: String?) -> String {
    guard let failure else {
      return say(
        en: "Taken: the receiver answered \(status ?? 0).",
        pt: "Aceita: o destino respondeu \(status ?? 0).",
        fr: "Prise : le destinataire a répondu \(status ?? 0).")
    }
    return say(
      en: "Not taken: \(failure).", pt: "Não aceita: \(failure).", fr: "Pas prise : \(failure).")
  }

  func webhookRedelivers(_ count: Int) -> String {
    let letters = choose(
      count, one: say(en: "dead letter is", pt: "carta morta é", fr: "lettre morte est"),
      many: say(en: "dead letters are", pt: "cartas mortas são", fr: "lettres mortes sont"))
    return say(
      en: "\(number(count)) \(letters) tried once more.",
      pt: "\(number(count)) \(letters) tentada(s) mais uma vez.",
      fr: "\(number(count)) \(letters) essayée(s) encore une fois.")
  }
}
