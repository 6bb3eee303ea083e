/// What the ready-made groups are called, and what is to be done with whom they hold (A20).
package enum RFMWords {
  package static let languages = ["pt", "fr", "en"]

  /// The name of a group: the team's own, else that of the ready-made group, else its key.
  package static func name(of group: RFMGroup, in language: String) -> String {
    group.name ?? words(language)[group.key]?.name ?? group.key
  }

  /// What to do with the customers of a group; nil for a group of the team that says nothing.
  package static func strategy(of group: RFMGroup, in language: String) -> String? {
    group.strategy ?? words(language)[group.key]?.strategy
  }

  private typealias Words = (name: String, strategy: String)

  private static func words(_ language: String) -> [String: Words] {
    switch language {
    case "pt": portuguese
    case "fr": french
    default: english
    }
  }

  private static let english: [String: Words] = [
    "champions": (
      "Champions", "Thank them in person, show them what is new first, ask them to recommend you."
    ),
    "loyal": ("Loyal", "Offer what goes with their last purchases, and an advantage for staying."),
    "potential": (
      "Potential loyals", "Suggest a second and a third purchase soon; tell of the regulars’ club."
    ),
    "promising": ("Promising", "Send a refill reminder with free shipping."),
    "new": ("New", "Welcome them, ask how the first purchase went, help with what they bought."),
    "attention": ("Need attention", "Make an offer that ends soon, on what they have bought."),
    "slowing": ("Slowing down", "Ask whether something has changed before offering a discount."),
    "at_risk": ("At risk", "Write to them in person, with a voucher that ends soon."),
    "cant_lose": (
      "Cannot lose", "Call them: ask what was missing, and put it right before anything else."
    ),
    "lost": ("Lost", "One last offer; whoever does not answer is left in peace."),
  ]

  private static let portuguese: [String: Words] = [
    "champions": (
      "Campeões", "Agradecer pessoalmente, mostrar os lançamentos primeiro, pedir indicações."
    ),
    "loyal": (
      "Fiéis", "Oferecer o que combina com as últimas compras, e uma vantagem por continuar."
    ),
    "potential": (
      "Potenciais fiéis", "Sugerir logo a segunda e a terceira compra; contar do clube de clientes."
    ),
    "promising": ("Promissores", "Mandar um lembrete de reposição com frete grátis."),
    "new": (
      "Novos", "Dar as boas-vindas, perguntar como foi a primeira compra, ajudar no que compraram."
    ),
    "attention": (
      "Precisam de atenção", "Fazer uma oferta com prazo curto, do que já compraram."
    ),
    "slowing": ("Desacelerando", "Perguntar se algo mudou antes de oferecer desconto."),
    "at_risk": ("Em risco", "Escrever pessoalmente, com um cupom de prazo curto."),
    "cant_lose": (
      "Não podem ser perdidos", "Ligar: perguntar o que faltou e resolver antes de tudo."
    ),
    "lost": ("Perdidos", "Uma última oferta; quem não responder fica em paz."),
  ]

  private static let french: [String: Words] = [
    "champions": (
      "Champions",
      "Les remercier en personne, leur montrer les nouveautés d’abord, leur demander de vous recommander."
    ),
    "loyal": (
      "Fidèles", "Proposer ce qui va avec leurs derniers achats, et un avantage pour leur fidélité."
    ),
    "potential": (
      "Fidèles en puissance",
      "Suggérer bientôt un deuxième et un troisième achat ; parler du club des clients."
    ),
    "promising": ("Prometteurs", "Envoyer un rappel de réassort, livraison offerte."),
    "new": (
      "Nouveaux",
      "Souhaiter la bienvenue, demander comment s’est passé le premier achat, aider à s’en servir."
    ),
    "attention": (
      "À surveiller", "Faire une offre de courte durée, sur ce qu’ils ont déjà acheté."
    ),
    "slowing": (
      "En ralentissement", "Demander si quelque chose a changé avant d’offrir une remise."
    ),
    "at_risk": ("À risque", "Leur écrire en personne, avec un bon qui expire bientôt."),
    "cant_lose": (
      "À ne pas perdre", "Les appeler : demander ce qui a manqué, et y remédier avant tout."
    ),
    "lost": ("Perdus", "Une dernière offre ; qui ne répond pas est laissé en paix."),
  ]
}
