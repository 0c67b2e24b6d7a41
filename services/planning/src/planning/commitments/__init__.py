"""Who stands behind a measure: owners and partners accept it, decline it, or take their word back."""
