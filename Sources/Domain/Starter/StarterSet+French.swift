extension StarterSet {
  static let french = [
    Words(
      "Nouveau client", "Première commande il y a moins de 30 jours.",
      then: "Souhaiter la bienvenue et demander comment s’est passé le premier achat."),
    Words(
      "Client actif", "Répond à au moins 80 % des messages sur 7 jours.",
      then: "Montrer les nouveautés en avant-première."),
    Words(
      "Client régulier", "Au moins 3 commandes en 180 jours.",
      then: "Prendre des nouvelles tous les 60 jours et remercier par un avantage."),
    Words(
      "Achat-Fréquent", "3 commandes en un mois, ou au moins 2 en 30 jours.",
      then: "Proposer le réassort avant la rupture et offrir la livraison."),
    Words(
      "VIP", "20 000 ou plus en un an, ou plus de 5 000 en une seule commande.",
      then: "Servir en premier, toujours par la même personne."),
    Words(
      "VIP-Diamant", "Plus de 20 000 dépensés en tout.",
      then: "Inviter à voir les lancements avant tout le monde."),
    Words(
      "VIP-À réactiver", "VIP sans commande depuis 180 jours.",
      then: "Téléphoner en personne et faire une offre pour ce client seul."),
    Words(
      "Réactiver-60 jours", "Aucune commande depuis plus de 60 jours.",
      then: "Envoyer un rappel de réassort ou une nouveauté proche du dernier achat."),
    Words(
      "Risque-90 jours", "Aucune commande depuis plus de 90 jours.",
      then: "Demander ce qui a manqué et offrir un bon à durée limitée."),
    Words(
      "Rythme-En baisse",
      "Client régulier qui commande moins souvent ; à revoir tous les 60 jours.",
      then: "Demander si quelque chose a changé, avant d’offrir une remise."),
    Words(
      "Réponse-24 h", "Répond en moins de 24 heures.",
      then: "L’inclure dans les offres de courte durée."),
    Words(
      "Paiement en attente", "Commande passée il y a plus d’1 heure et pas encore payée.",
      then: "Renvoyer le lien de paiement et demander s’il y a une question."),
    Words(
      "Payé-À expédier", "Payé dans les dernières 24 heures et pas encore expédié.",
      then: "Confirmer l’adresse et expédier aujourd’hui."),
    Words(
      "Expédié", "Le colis est parti ; noter le numéro de suivi et le délai de 3 à 5 jours.",
      then: "Envoyer le numéro de suivi et annoncer le délai."),
    Words(
      "Statut-Livré", "La livraison est confirmée.",
      then: "Demander si tout est bien arrivé."),
    Words(
      "Reçu-7 jours", "Commande terminée depuis plus de 7 jours.",
      then: "Inviter à donner un avis 3 jours après ; revoir la liste chaque lundi."),
    Words(
      "Réclamation-Ouverte", "Une réclamation est en cours de traitement.",
      then: "À voir chaque matin avant tout ; répondre le jour même."),
    Words(
      "Réclamation-Résolue", "La réclamation est résolue et le client est d’accord.",
      then: "Reprendre contact après une semaine."),
    Words(
      "Urgent", "Le client a demandé quelque chose qui ne peut attendre demain.",
      then: "À voir chaque matin avant tout ; retirer dès que c’est fait."),
    Words(
      "Origine-Pub IG", "Venu par une publicité sur Instagram.",
      then: "Offrir un premier regard sur les produits de la publicité."),
  ]
}
